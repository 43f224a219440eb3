import { launchContextNames, type PermissionQuestion } from '../../../shared/model/permissions.ts';

/** Views of the screen. `one` is the plain address. */
export const askViews = ['one', 'matrix', 'silent', 'wider'] as const;
export type AskView = (typeof askViews)[number];

export type LaunchContext = (typeof launchContextNames)[number];

/** Id of the agent that stands for all of them. */
export const allAgents = 'all';

/** The question as the address holds it: a link to it is a link to the answer. */
export type AskAddress = {
  readonly view: AskView;
  /** Asset id, `all`, or '' where none was chosen. */
  readonly agent: string;
  /** '' before anything was asked. */
  readonly call: string;
  /** `all`: the row of every context. */
  readonly context: LaunchContext | 'all';
  /** '' = what the files say. */
  readonly mode: string;
  readonly trust: '' | 'yes' | 'no';
  /** '' = the newest whose semantics are known. */
  readonly version: string;
};

const oneOf = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((known) => known === value);

export function parseAsk(search: URLSearchParams): AskAddress {
  const context = search.get('context');
  return {
    view: oneOf(askViews, search.get('view')) ?? 'one',
    agent: search.get('agent') ?? '',
    call: search.get('call') ?? '',
    context: context === 'all' ? 'all' : (oneOf(launchContextNames, context) ?? 'interactive'),
    mode: search.get('mode') ?? '',
    trust: oneOf(['yes', 'no'] as const, search.get('trust')) ?? '',
    version: search.get('version') ?? '',
  };
}

/** Parameters of an address, in a fixed order; what is usual is left out. */
export const formatAsk = (ask: AskAddress): Readonly<Record<string, string>> => ({
  view: ask.view === 'one' ? '' : ask.view,
  agent: ask.agent,
  call: ask.call,
  context: ask.context === 'interactive' ? '' : ask.context,
  mode: ask.mode,
  trust: ask.trust,
  version: ask.version,
});

/** A question for the contract, or for a line of a file with questions. Fields that say nothing are left out. */
export type Question = {
  readonly id: string;
  readonly agent: string;
  readonly call: string;
  readonly context: LaunchContext;
  readonly mode?: string;
  readonly trusted?: boolean;
  readonly version?: string;
  readonly expect?: PermissionQuestion['expect'];
};

export const questionOf = (ask: AskAddress, id: string, agent: string, context: LaunchContext): Question => ({
  id,
  agent,
  call: ask.call,
  context,
  ...(ask.mode === '' ? {} : { mode: ask.mode }),
  ...(ask.trust === '' ? {} : { trusted: ask.trust === 'yes' }),
  ...(ask.version === '' ? {} : { version: ask.version }),
});

/** Contexts to ask about: the chosen one first, then the rest, so that the row of all is always there. */
export const contextsOf = (context: AskAddress['context']): readonly LaunchContext[] =>
  context === 'all' ? launchContextNames : [context, ...launchContextNames.filter((other) => other !== context)];

/** A version of a host, or nothing. */
export const versionProblem = (text: string): string | null =>
  text.trim() === '' || /^v?\d+(\.\d+)*([-+.]\w+)*$/.test(text.trim())
    ? null
    : 'A version is numbers with dots, such as 2.1.240.';
