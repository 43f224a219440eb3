import { claudeCodeAgents, claudeCodeCommands, claudeCodeInstructions, claudeCodeSkills } from './claude-code/definitions.ts';
import { claudeCodeLinker } from './claude-code/link.ts';
import { claudeCodeMcp } from './claude-code/mcp-json.ts';
import {
  claudeCodeInstalledPlugins,
  claudeCodeMarketplaces,
  claudeCodePluginHooks,
  claudeCodePluginParts,
  claudeCodePlugins,
} from './claude-code/plugins.ts';
import { claudeCodeSettings } from './claude-code/settings.ts';
import { claudeCodeUserState } from './claude-code/user-state.ts';
import { gitRepository } from './git/repository.ts';
import type { Linker, Source } from './source.ts';

/** Every source of Countersign, one line each. Order does not matter: facts are merged by place. */
export const sources: readonly Source[] = [
  gitRepository,
  claudeCodeSettings,
  claudeCodeMcp,
  claudeCodeUserState,
  claudeCodeAgents,
  claudeCodeSkills,
  claudeCodeCommands,
  claudeCodeInstructions,
  claudeCodePlugins,
  claudeCodeMarketplaces,
  claudeCodePluginHooks,
  claudeCodePluginParts,
  claudeCodeInstalledPlugins,
];

/** What looks at the merged facts of one scan and adds what only several files together say. */
export const linkers: readonly Linker[] = [claudeCodeLinker];
