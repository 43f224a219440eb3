import type { AssetKind, Confidence, Origin, RelationKind } from '../../shared/kinds.ts';

const kindWords: { readonly [K in AssetKind]: readonly [one: string, many: string] } = {
  agent: ['agent', 'agents'],
  model: ['model', 'models'],
  prompt: ['prompt', 'prompts'],
  tool: ['tool', 'tools'],
  'mcp-server': ['MCP server', 'MCP servers'],
  skill: ['skill', 'skills'],
  plugin: ['plugin', 'plugins'],
  hook: ['hook', 'hooks'],
  identity: ['identity', 'identities'],
  credential: ['credential', 'credentials'],
  'data-store': ['data store', 'data stores'],
  'external-service': ['external service', 'external services'],
  workload: ['workload', 'workloads'],
  repository: ['repository', 'repositories'],
  'approval-gate': ['approval gate', 'approval gates'],
  guardrail: ['guardrail', 'guardrails'],
  person: ['person', 'people'],
};

export const kindWord = (kind: AssetKind, count = 1): string => kindWords[kind][count === 1 ? 0 : 1];

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A relation as read from the asset it starts at, and as read from the one it ends at. */
const relationWords: { readonly [K in RelationKind]: readonly [out: string, into: string] } = {
  uses: ['uses', 'used by'],
  'delegates-to': ['delegates to', 'takes work from'],
  reads: ['reads', 'read by'],
  writes: ['writes', 'written by'],
  executes: ['executes', 'executed by'],
  deletes: ['deletes', 'deleted by'],
  administers: ['administers', 'administered by'],
  'runs-as': ['runs as', 'runs'],
  'authenticates-with': ['authenticates with', 'authenticates'],
  'can-become': ['can become', 'can be taken on by'],
  trusts: ['trusts', 'trusted by'],
  'configured-by': ['configured by', 'configures'],
  'guarded-by': ['guarded by', 'guards'],
  'gated-by': ['gated by', 'gates'],
  'owned-by': ['owned by', 'owns'],
  exposes: ['exposes', 'exposed by'],
  ingests: ['brings in content from', 'content goes into'],
  'egresses-to': ['sends out to', 'receives from'],
};

export const relationWord = (kind: RelationKind, direction: 'out' | 'in'): string =>
  relationWords[kind][direction === 'out' ? 0 : 1];

const originSentences: { readonly [O in Origin]: string } = {
  declared: 'A file says so.',
  derived: 'A rule concludes it from other facts.',
  observed: 'A record shows that it happened.',
};
export const originSentence = (origin: Origin): string => originSentences[origin];

const confidenceSentences: { readonly [C in Confidence]: string } = {
  high: 'The format and its meaning are documented.',
  medium: 'The meaning rests on an excerpt of the documentation, or could be read in more than one way.',
  low: 'The format or its meaning is not verified.',
};
export const confidenceSentence = (confidence: Confidence): string => confidenceSentences[confidence];
