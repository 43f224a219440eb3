import { createHmac } from 'node:crypto';
import type { IntrospectionPreview } from '../../../shared/contract/introspection.ts';
import { maskArguments } from '../sources/mcp/mask-arguments.ts';
import { maskText, maskUrl } from '../sources/parse/secrets.ts';
import { type ExpandSources, expand } from './expand.ts';
import type { FoundEntry } from './find-entry.ts';
import type { IntrospectionLimits } from './limits.ts';

type Value = { readonly name: string; readonly value: string; readonly from: string };

/** What would be run or called, with values. Lives in memory only; what may be shown of it is the preview. */
export type LaunchPlan =
  | {
      readonly type: 'program';
      readonly command: string;
      readonly args: readonly string[];
      readonly folder: string;
      readonly environment: readonly Value[];
    }
  | {
      readonly type: 'address';
      readonly transport: 'http' | 'sse';
      readonly url: string;
      readonly headers: readonly Value[];
    };

export type PlannedIntrospection = { readonly plan: LaunchPlan | null; readonly preview: IntrospectionPreview };

export type PlanInput = {
  readonly server: { readonly id: string; readonly name: string };
  readonly configuration: {
    readonly index: number;
    readonly host: string;
    readonly file: string;
    readonly line: number;
  };
  readonly entry: FoundEntry;
  readonly sources: ExpandSources;
  readonly platform: NodeJS.Platform;
  readonly limits: IntrospectionLimits;
  /** Secret of this workspace, so that a digest that is shown is of no use to try out values. */
  readonly key: string;
};

/** Variables without which programs do not start. Nothing else of this process's environment is handed on. */
const minimum = {
  posix: ['PATH', 'HOME', 'TMPDIR', 'LANG'],
  windows: ['PATH', 'PATHEXT', 'SystemRoot', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP'],
} as const;

const asks = ['initialize', 'tools/list', 'prompts/list (number only)', 'resources/list (number only)'];

export function planIntrospection(input: PlanInput): PlannedIntrospection {
  const { entry, sources, limits } = input;
  const { raw } = entry;
  const problems: string[] = [];
  const expanded = (what: string, text: string): Value => {
    const { value, from, missing } = expand(text, sources);
    for (const one of missing) problems.push(`${what} needs ${maskText(one)}, which is not set here`);
    return { name: what, value, from };
  };
  const base: Omit<IntrospectionPreview, 'digest' | 'problems'> = {
    server: input.server,
    configuration: input.configuration.index,
    host: input.configuration.host,
    file: input.configuration.file,
    line: input.configuration.line,
    transport: raw.transport,
    command: [],
    folder: '',
    url: '',
    environment: [],
    headers: [],
    asks: [...asks],
    limits: { seconds: Math.ceil(limits.milliseconds / 1000), bytes: limits.bytes },
  };
  if (raw.command !== null) {
    const command = expanded('the command', raw.command).value;
    const args = raw.args.map((arg, index) => expanded(`argument ${index + 1}`, arg).value);
    const environment = programEnvironment(input, expanded);
    if (/[\0]/.test([command, ...args].join('')))
      problems.push('the command holds a character that no program can get');
    const plan: LaunchPlan = { type: 'program', command, args, folder: sources.folder, environment };
    return finish(input, plan, problems, {
      ...base,
      transport: 'stdio',
      // What stands in the file is shown: an expanded variable could be a secret that no mask knows.
      command: [maskText(raw.command), ...maskArguments(raw.args).args],
      folder: sources.folder,
      environment: environment.map(({ name, from }) => ({ name, from })),
    });
  }
  const url = expanded('the address', raw.url ?? '').value;
  const headers = [
    ...raw.headers.map(({ name, value }) => ({ ...expanded(name, value), name })),
    ...entry.headerVariables
      .filter(({ name }) => name !== '')
      .map((one): Value => {
        const { value, from } = expanded(one.name, `\${${one.variable}}`);
        return { name: one.name, value: one.bearer ? `Bearer ${value}` : value, from };
      }),
  ];
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    problems.push('the address is no http or https URL');
  if (raw.transport === 'ws') problems.push('servers that are reached over a WebSocket cannot be asked');
  for (const { name, value } of headers)
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}$/.test(name) || /[\r\n\0]/.test(value))
      problems.push('a header has a form that cannot be sent');
  const plan: LaunchPlan = { type: 'address', transport: raw.transport === 'sse' ? 'sse' : 'http', url, headers };
  return finish(input, plan, problems, {
    ...base,
    transport: plan.transport,
    url: maskUrl(raw.url ?? ''),
    headers: headers.map(({ name, from }) => ({ name, from })),
  });
}

function programEnvironment(input: PlanInput, expanded: (what: string, text: string) => Value): readonly Value[] {
  const { entry, sources, platform } = input;
  const found = new Map<string, Value>();
  for (const name of platform === 'win32' ? minimum.windows : minimum.posix) {
    const value = sources.environment[name];
    if (value !== undefined) found.set(name, { name, value, from: 'this process' });
  }
  for (const { variable } of entry.headerVariables.filter(({ name }) => name === ''))
    found.set(variable, { ...expanded(variable, `\${${variable}}`), name: variable });
  for (const { name, value } of entry.raw.env) found.set(name, { ...expanded(name, value), name });
  return [...found.values()];
}

function finish(
  { server, key }: PlanInput,
  plan: LaunchPlan,
  problems: readonly string[],
  preview: Omit<IntrospectionPreview, 'digest' | 'problems'>,
): PlannedIntrospection {
  const told = [...new Set(problems)];
  if (told.length > 0) return { plan: null, preview: { ...preview, problems: told, digest: null } };
  const digest = createHmac('sha256', Buffer.from(key, 'hex'))
    .update(JSON.stringify([1, server.id, plan]))
    .digest('hex');
  return { plan, preview: { ...preview, problems: [], digest: digest.slice(0, 32) } };
}
