import type { MergedAsset, MergedRelation } from '../sources/source.ts';
import type { Call } from './call.ts';
import type { ShellGrammar } from './shell/grammar.ts';
import type { Answer, InertRule, Verdict } from './verdict.ts';

/** Where a host is started; the same files can answer differently in each. */
export const launchContexts = ['interactive', 'headless', 'ide', 'cloud', 'ci'] as const;
export type LaunchContext = (typeof launchContexts)[number];

/** Everything besides the files that an answer depends on. Paths are absolute inside the scanned file system. */
export type Setting = {
  /** Version of the host; null = the newest that the evaluator knows, and the answer says which. */
  readonly version: string | null;
  readonly context: LaunchContext;
  /** Mode that was chosen at start; null = what the files say. */
  readonly mode: string | null;
  /** Whether the person trusted the folder in the host's own dialogue; null = what the files say. */
  readonly trusted: boolean | null;
  readonly home: string;
  /** Folder that the host was started in. */
  readonly workingDirectory: string;
  /** Whether the operating system can sandbox; null = assumed to. */
  readonly sandboxAvailable: boolean | null;
  /** Flags that the host was started with, as typed. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly platform: 'linux' | 'macos' | 'windows';
};

/** The facts of one scan as evaluators see them. */
export type PermissionFacts = {
  assets(kind: MergedAsset['kind']): readonly MergedAsset[];
  relations(kind: MergedRelation['kind']): readonly MergedRelation[];
  /** Absolute path, inside the scanned file system, of a place as facts name it; null for places that have none. */
  pathOf(place: string): string | null;
  /** Text of a small file at an absolute path inside the scanned file system: a hook's script. Null where it cannot be read. */
  readText(path: string): string | null;
};

/** One host's rules for one agent in one setting, compiled once and asked often. */
export type Policy = {
  readonly host: string;
  readonly version: string;
  /** Rules that are never applied in this setting, whatever the call. */
  readonly inert: readonly InertRule[];
  verdict(call: Call): Verdict;
  explain(call: Call): Answer;
};

/** True to one host's own semantics. `agent` is the agent of the folder, or a sub-agent of it. */
export type Evaluator = {
  readonly host: string;
  readonly title: string;
  /** Further names that people and files use for the host. */
  readonly aliases?: readonly string[];
  /** Versions whose semantics are known, newest first, with where they are known from. */
  readonly versions: readonly {
    readonly version: string;
    readonly from: 'observed' | 'documented' | 'excerpt' | 'unverified';
  }[];
  /** Calls in the host's own tool names: `{"tool":"Bash","command":"ls"}`. Null when it is no tool of this host. */
  toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null;
  compile(input: {
    readonly facts: PermissionFacts;
    readonly agent: MergedAsset | null;
    readonly setting: Setting;
    readonly grammar: ShellGrammar;
  }): Policy;
};
