import {
  claudeCodeAgents,
  claudeCodeCommands,
  claudeCodeInstructions,
  claudeCodeSkills,
} from './claude-code/definitions.ts';
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
import { claudeDesktopConfig, claudeDesktopExtensions } from './claude-desktop/config.ts';
import { codexConfig } from './codex/config.ts';
import { codexAgents, codexInstructions, codexSkills } from './codex/definitions.ts';
import { codexLinker } from './codex/link.ts';
import { codexHooks, codexRequirements, codexRules } from './codex/requirements.ts';
import { cursorAgents, cursorCommands, cursorRules, cursorSkills } from './cursor/definitions.ts';
import { cursorLinker } from './cursor/link.ts';
import { cursorMcp } from './cursor/mcp.ts';
import {
  cursorCliConfig,
  cursorCliProject,
  cursorEnvironment,
  cursorHooks,
  cursorPermissions,
  cursorSandbox,
} from './cursor/policy-files.ts';
import { dotenvFiles } from './env-files/dotenv.ts';
import {
  geminiAgents,
  geminiCommands,
  geminiExtensionHooks,
  geminiExtensions,
  geminiInstructions,
  geminiSkills,
} from './gemini/definitions.ts';
import { geminiLinker } from './gemini/link.ts';
import { geminiPolicies } from './gemini/policies.ts';
import { geminiSettings, geminiTrust } from './gemini/settings.ts';
import { gitRepository } from './git/repository.ts';
import { langgraphSource } from './langgraph/langgraph-agents.ts';
import { langgraphDeploySource } from './langgraph/langgraph-deploy.ts';
import { otherHosts } from './other-hosts/not-supported.ts';
import { agentsMd, looseSkills, sharedSkills } from './shared-instructions/agents-md.ts';
import { sharedInstructionsLinker } from './shared-instructions/link.ts';
import { pluginPartsLinker } from './shared-instructions/plugin-parts.ts';
import { repositoryAgentsLinker } from './shared-instructions/repository-agents.ts';
import type { Linker, Source } from './source.ts';
import { copilotCliConfig, copilotCliMcp } from './vscode/copilot-cli.ts';
import {
  vscodeAgents,
  vscodeHooks,
  vscodeInstructions,
  vscodePlugins,
  vscodeSharedAgents,
  vscodeSkills,
} from './vscode/definitions.ts';
import { vscodeLinker } from './vscode/link.ts';
import { vscodeDevContainer, vscodeMcp } from './vscode/mcp.ts';
import { vscodeSettings } from './vscode/settings.ts';

/** Every source of Countersign, one line each. Order does not matter: facts are merged by place. */
export const sources: readonly Source[] = [
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
  claudeDesktopConfig,
  claudeDesktopExtensions,
  codexConfig,
  codexRequirements,
  codexRules,
  codexHooks,
  codexAgents,
  codexSkills,
  codexInstructions,
  copilotCliConfig,
  copilotCliMcp,
  cursorMcp,
  cursorCliConfig,
  cursorCliProject,
  cursorPermissions,
  cursorSandbox,
  cursorHooks,
  cursorEnvironment,
  cursorRules,
  cursorCommands,
  cursorAgents,
  cursorSkills,
  dotenvFiles,
  geminiSettings,
  geminiTrust,
  geminiPolicies,
  geminiExtensions,
  geminiExtensionHooks,
  geminiAgents,
  geminiSkills,
  geminiCommands,
  geminiInstructions,
  gitRepository,
  agentsMd,
  sharedSkills,
  looseSkills,
  vscodeMcp,
  vscodeSettings,
  vscodeDevContainer,
  vscodeAgents,
  vscodeSharedAgents,
  vscodeInstructions,
  vscodeSkills,
  vscodeHooks,
  vscodePlugins,
  langgraphSource,
  langgraphDeploySource,
  otherHosts,
];

/** What looks at the merged facts of one scan and adds what only several files together say. */
export const linkers: readonly Linker[] = [
  repositoryAgentsLinker,
  claudeCodeLinker,
  codexLinker,
  cursorLinker,
  geminiLinker,
  vscodeLinker,
  sharedInstructionsLinker,
  pluginPartsLinker,
];
