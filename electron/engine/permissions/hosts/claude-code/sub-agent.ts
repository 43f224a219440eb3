import type { MergedAsset } from '../../../sources/source.ts';
import { type Decision, decision } from '../../verdict.ts';
import { matchesTool, type Rule } from './rule.ts';
import type { Mode } from './settings.ts';

/** What a sub-agent's own file changes: the tools it has and the mode it runs in. */
export type SubAgent = {
  readonly mode: Mode;
  readonly rules: readonly Rule[];
  /** Null where the tool is offered. */
  readonly withheld: (tool: string) => Decision | null;
};

const strict: readonly Mode[] = ['plan', 'default', 'dontAsk'];

/** Null for the agent of the folder itself. Documentation: sub-agents (2026-08-22); modes as seen on 2.1.328. */
export function subAgentOf(agent: MergedAsset | null, parent: Mode, observed: boolean): SubAgent | null {
  if (agent === null || agent.properties['subAgent'] !== true) return null;
  const { tools, disallowedTools, permissionMode } = agent.properties;
  const evidence = agent.evidence[0];
  const place =
    evidence === undefined ? null : { file: evidence.place, line: evidence.line, scope: 'project' as const };
  const listed = namesOf(tools);
  const disallowed = namesOf(disallowedTools) ?? [];
  return {
    mode: modeOf(typeof permissionMode === 'string' ? permissionMode : null, parent, observed),
    rules: [],
    withheld(tool) {
      if (disallowed.some((name) => matchesTool(plain(name), tool)))
        return decision('tool-list', 'disallowedTools of the sub-agent', place);
      if (listed === null || listed.some((name) => matchesTool(plain(name), tool))) return null;
      return decision('tool-list', 'not in the tools of the sub-agent', place);
    },
  };
}

const plain = (name: string): string => name.replace(/\(.*$/, '');

function namesOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null;
}

function modeOf(own: string | null, parent: Mode, observed: boolean): Mode {
  // A parent that lets more through wins over the sub-agent.
  if (parent === 'bypassPermissions' || parent === 'acceptEdits' || parent === 'auto') return parent;
  if (own === 'acceptEdits' || own === 'dontAsk' || own === 'plan') return own;
  if (own === 'bypassPermissions' && !observed) return own;
  return strict.includes(parent) ? parent : 'default';
}
