import type { AssetKind } from '../../shared/kinds.ts';
import { kindWord } from '../ui/kind-words.ts';

export const counted = (kind: AssetKind, count: number): string =>
  `${count.toLocaleString('en')} ${kindWord(kind, count)}`;

/** Kinds in the order in which a group names them: what hurts most comes first. */
export const kindsByWeight: readonly AssetKind[] = [
  'credential',
  'identity',
  'external-service',
  'hook',
  'data-store',
  'tool',
  'mcp-server',
  'agent',
  'workload',
  'plugin',
  'skill',
  'prompt',
  'model',
  'repository',
  'person',
  'approval-gate',
  'guardrail',
];
