import type { CapabilityClass } from '../../../../shared/kinds.ts';
import type { AgentFound } from './engine/agent-found.ts';
import type { FactContext, FindContext } from './engine/context.ts';
import type { Gathering } from './engine/gathering.ts';

/**
 * The seam of agent frameworks: one framework is one file with one of these tables, and one line in `registry.ts`. A
 * table speaks of *paths*: the dotted origin of a value, as its import says (`agents.Agent`, `@openai/agents.Agent`), with
 * `()` where something was called on the way (`azure.ai.projects.AIProjectClient().agents.create_agent`). Nothing is ever
 * keyed on a bare name.
 */
export type Framework = {
  /** Stands in the facts as `framework`. */
  readonly id: string;
  readonly title: string;
  readonly language: 'python' | 'javascript' | 'csharp' | 'java' | 'go' | 'rust';
  /** Of a whole path: what belongs to the framework. */
  readonly roots: RegExp;
  /** Byte strings of which one stands in every file that can matter by itself. */
  readonly keywords: readonly string[];
  readonly agents?: readonly AgentRule[];
  readonly graphs?: readonly GraphRule[];
  readonly tools?: readonly ToolRule[];
  readonly servers?: readonly ServerRule[];
  readonly attaches?: readonly AttachRule[];
  readonly runners?: readonly RunnerRule[];
  readonly exposers?: readonly ExposeRule[];
  /** Guardrails and middleware by path, beside everything that an argument `guardrails` is given. */
  readonly guards?: readonly SymbolRule[];
  /** Chat models and embeddings; null for a path that makes none. */
  readonly models?: (path: string) => ModelRule | null;
  /** What holds instructions: `SystemMessage("...")`. `pulled`: the text comes from a service. */
  readonly prompts?: readonly (SymbolRule & { readonly text: ArgumentAt; readonly pulled?: true })[];
  /** Functions that wait for a person. */
  readonly interrupts?: readonly SymbolRule[];
  /** What calls of the framework's library do; see `engine/effects.ts`. */
  readonly effects?: readonly EffectRule[];
  /** Of a path: calls without an effect outside the process. */
  readonly silent?: RegExp;
  /** Settings of the whole program that name the model: `llama_index.core.Settings.llm`, `dspy.configure(lm=)`. */
  readonly defaultModels?: readonly DefaultModelRule[];
  readonly stores?: (path: string) => StoreKind | null;
  /** What a ready-made tool of the framework does, by its path; null where that is not known. */
  readonly readyMade?: (path: string) => readonly CapabilityClass[] | null;
  /**
   * Tools that the agent's own program has (`Bash` of Claude Code), by `<framework>/<name>`: a property of the agent, no
   * assets. Null for what is none of them.
   */
  readonly builtInTools?: (path: string) => readonly CapabilityClass[] | null;
  /** Names under which ready-made tools present themselves, by the last step of the path. */
  readonly toolNames?: ReadonlyMap<string, string>;
  /** Provider of a model that is given as a bare id. */
  readonly provider?: string;
  /** Variable with the key of models that are given as a text, where that is not the one of the model's provider. */
  readonly readsKey?: string;
  /** What a table cannot say. */
  readonly extra?: Extra;
};

/**
 * Where an argument is found: keyword names, and positions as numbers. A dotted name looks into a dictionary or call
 * that was given, its first step may be a position: `options.allowedTools`, `0.llm`. Entries of a single dictionary argument count as keywords
 * (`new Agent({name, tools})`).
 */
export type ArgumentAt = readonly (string | number)[];

/** Last step of the path, and what the whole path must look like (the framework's roots when absent). */
export type SymbolRule = {
  readonly symbols: readonly string[];
  readonly from?: RegExp;
  /** Of the dotted text of a call: a cheap first look where the name alone is common (`create`, `query`). */
  readonly written?: RegExp;
};

export type AgentRole =
  | 'name'
  | 'description'
  | 'model'
  | 'instructions'
  /** List, dictionary or single value of tools; MCP servers and sub-agents in it are told apart. */
  | 'tools'
  /** Tools by their names: `allowed_tools=["Bash"]`. */
  | 'toolNames'
  | 'servers'
  /** Agents that work for this one: team members, sub-agents. */
  | 'agents'
  /** Agents that this one can hand over to. */
  | 'handoffs'
  | 'guardrails'
  /** Checkpoints, sessions and memory: written and read. */
  | 'memory'
  | 'checkpoints'
  /** Documents that are searched: read. */
  | 'knowledge'
  | 'middleware'
  /** Functions that run around the model: callbacks, hooks. */
  | 'hooks'
  /** `{tool: true | false}` of tools that ask first. */
  | 'interruptOn'
  /** Nodes before or after which a run waits. */
  | 'pauseBefore'
  | 'pauseAfter'
  /** Sub-agents described by dictionaries. */
  | 'described'
  /** A runnable or definition that this construct runs. */
  | 'runs'
  /** Class with the fields of the answer, signature: adds words to the instructions. */
  | 'signature';

export type Takes = { readonly [Role in AgentRole]?: ArgumentAt };

export type AgentRule = SymbolRule & {
  readonly takes: Takes;
  /** At least one of these arguments must be there: a second look where the import alone could deceive. */
  readonly needs?: readonly string[];
  /** Names of the framework that make up for it when the same file imports one of them. */
  readonly company?: readonly string[];
  /**
   * `runnable`: does nothing until something with `runs` takes it, and then is one agent with it. `team`: several agents
   * under one name. `entry`: a decorator that makes its function the agent.
   */
  readonly form?: 'agent' | 'team' | 'runnable' | 'executor' | 'entry';
  /** Stands in the facts instead of the framework's id. */
  readonly framework?: string;
  readonly builtIn?: readonly BuiltInTool[];
  /** Positions differ between versions: what is given without a name is told apart by what it is. */
  readonly positionsVary?: true;
  /** Arguments whose constants and texts are kept as they are: limits, sandbox, flags. */
  readonly settings?: readonly string[];
  readonly gates?: readonly GateRule[];
  /** The construct runs model-written code or acts by itself, without a tool. */
  readonly capabilities?: readonly CapabilityRule[];
  /** The call itself runs the agent: what makes it has started it. */
  readonly immediate?: true;
  /** Classes of the project with this base are agents, too. */
  readonly subclasses?: true;
  /** How sure the form is; `medium` for what was only inferred. */
  readonly confidence?: 'high' | 'medium';
};

export type BuiltInTool = {
  readonly name: string;
  readonly classes: readonly CapabilityClass[];
  readonly when?: ArgumentAt;
};

export type CapabilityRule = {
  readonly class: CapabilityClass;
  readonly because: string;
  /** Only where this argument is given and is one of these texts (`true` for the constant; `*` anything); without it always. */
  readonly when?: { readonly at: ArgumentAt; readonly values: readonly string[] };
};

/** `StateGraph(...).add_node(...).compile()`: what is chained on the builder stays the builder until it is finished. */
export type GraphRule = SymbolRule & {
  readonly finish: readonly string[];
  /** Methods that add a node: where its name and its action stand. */
  readonly nodes: Readonly<Record<string, { readonly name?: ArgumentAt; readonly action: ArgumentAt }>>;
  readonly edges: readonly string[];
  /** Also without being finished it is an agent. */
  readonly unfinished?: true;
  /** Of the finishing call. */
  readonly takes: Takes;
  readonly framework?: string;
};

export type Grade = 'human-per-call' | 'human-per-plan' | 'policy' | 'classifier' | 'self-declared' | 'none';

/**
 * An argument that switches an approval on or off. Values by their text, `true` and `false`, `given` for anything else
 * (functions, objects, maps). A verdict with `why` is a false gate: it is named and covers nothing.
 */
export type GateRule = {
  readonly at: ArgumentAt;
  readonly mechanism: string;
  readonly values: Readonly<Record<string, { readonly grade: Grade; readonly why?: string } | undefined>>;
};

type Named = { readonly name?: ArgumentAt; readonly description?: ArgumentAt; readonly gates?: readonly GateRule[] };

export type ToolRule = SymbolRule &
  Named &
  (
    | { readonly kind: 'decorator' }
    /** Makes a tool of a function, retriever or engine. */
    | { readonly kind: 'wrapper'; readonly function: ArgumentAt }
    /** Makes a tool of an agent; without `agent` of what the method is called on. */
    | { readonly kind: 'agent'; readonly agent?: ArgumentAt }
    | { readonly kind: 'handoff'; readonly agent: ArgumentAt }
    /** Base class of tools: the methods that do the work. */
    | { readonly kind: 'class'; readonly methods: readonly string[] }
    /** Runs at the provider or in the library. `store` holds the documents that it searches. */
    | {
        readonly kind: 'hosted';
        readonly as?: string;
        readonly classes: readonly CapabilityClass[];
        readonly store?: ArgumentAt;
      }
    /** Holds a list of tools. */
    | { readonly kind: 'list'; readonly tools: ArgumentAt }
    /** Class of the project whose marked or public methods are tools. */
    | { readonly kind: 'toolkit'; readonly decorator?: SymbolRule }
  );

/** A client of an MCP server whose tools are handed on. */
export type ServerRule = SymbolRule & {
  readonly name?: ArgumentAt;
  /** Argument that is a dictionary of servers by name. */
  readonly map?: ArgumentAt;
  readonly command?: ArgumentAt;
  readonly args?: ArgumentAt;
  readonly env?: ArgumentAt;
  readonly url?: ArgumentAt;
  readonly headers?: ArgumentAt;
  readonly transport?: string;
  readonly gates?: readonly GateRule[];
  readonly filter?: ArgumentAt;
  /** A method that hands the tools on: the servers are those of the object that it is called on. */
  readonly handsOn?: true;
};

/** `@agent.tool`, `agent.add_tool(f)`, `register_function(f, caller=agent)`: gives something to an agent that exists. */
export type AttachRule = {
  readonly symbols: readonly string[];
  /** Of the whole path of a function; absent for methods and decorators of the agent object. */
  readonly from?: RegExp;
  readonly as: 'tool' | 'instructions' | 'guardrail' | 'hook' | 'agent' | 'runs';
  readonly to?: ArgumentAt;
  readonly what?: ArgumentAt;
  readonly gates?: readonly GateRule[];
  readonly name?: ArgumentAt;
};

/** A function that runs the agent it is given. */
export type RunnerRule = SymbolRule & { readonly agent: ArgumentAt; readonly memory?: ArgumentAt };

/** What puts agents within reach: a server, an application, a channel. */
export type ExposeRule = SymbolRule & {
  readonly kind: 'http' | 'a2a' | 'mcp' | 'chat' | 'schedule' | 'queue' | 'cli';
  readonly agent?: ArgumentAt;
  /** Functions decorated with this method of it reach people. */
  readonly decorator?: readonly string[];
};

export type ModelRule = {
  readonly provider: string;
  readonly id?: ArgumentAt;
  readonly base?: ArgumentAt;
  readonly key?: ArgumentAt;
  readonly embedding?: boolean;
  /** A client or provider object given as an argument holds address and key. */
  readonly client?: ArgumentAt;
  /** What the library takes when no id is given. */
  readonly fallback?: string;
  /** Variable that the library reads its key from, where that is not the one of the model's provider. */
  readonly readsKey?: string;
};

export type DefaultModelRule = { readonly assigned: RegExp } | (SymbolRule & { readonly model: ArgumentAt });

export type StoreKind =
  | 'vector'
  | 'checkpoint'
  | 'memory'
  | 'database'
  | 'saas'
  | 'files'
  | 'graph-database'
  | 'session';

export type EffectRule = {
  readonly path: RegExp;
  readonly classes: readonly CapabilityClass[];
  readonly because: string;
  readonly channel?: EffectChannel;
  readonly service?: string;
  /** Set where the call itself is for it; else medium, as all that is read from the names of methods. */
  readonly confidence?: 'high';
};
/** Set where the call speaks to a service or store whose name or address must still be found. */
/** `fetch`: an option names the method; `database`: no SQL tells what is done. */
export type EffectChannel =
  | 'fetch'
  | 'database'
  | 'http'
  | 'sql'
  | 'file-open'
  | 'file-path'
  | 'mail'
  | 'sdk'
  | 'vector'
  | 'cloud';

/** What a table cannot say. Functions get the engine through the context: framework files import its types only. */
export type Extra = {
  /** Agents that no table finds. */
  readonly find?: (context: FindContext) => readonly AgentFound[];
  /** More of one agent than its arguments say. */
  readonly gather?: (context: FindContext, agent: AgentFound, into: Gathering) => void;
  /** Files beside the code that linking wants to see, by the place of a file with an agent. */
  readonly wants?: (place: string) => readonly string[];
  /** Names and keys that files beside the code give to agents, by the agent's id; `want` asks for further files. */
  readonly names?: (context: FindContext, want: (place: string) => void) => ReadonlyMap<string, GivenName>;
  /** Facts that belong to no agent: servers in code. */
  readonly facts?: (context: FactContext) => void;
};

/** A name that a deployment file gives to an agent. */
export type GivenName = { readonly name: string; readonly key: string; readonly place: string; readonly line: number };
