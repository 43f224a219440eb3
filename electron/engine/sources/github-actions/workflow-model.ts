import type { Properties } from '../../../../shared/model/facts.ts';
import {
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { type Trigger, triggersOf } from './triggers.ts';

/** A workflow as written ("Workflow syntax for GitHub Actions", GitHub documentation, 2026). */
export type Workflow = {
  readonly name: string | null;
  readonly triggers: readonly Trigger[];
  readonly permissions: Permissions | null;
  readonly env: Entry | undefined;
  readonly jobs: readonly Job[];
};

export type Job = {
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  readonly node: MapNode;
  readonly condition: string | undefined;
  readonly permissions: Permissions | null;
  readonly env: Entry | undefined;
  readonly environment: { readonly name: string; readonly line: number } | null;
  readonly needs: readonly string[];
  /** Reusable workflow that the job calls. */
  readonly calls: Entry | undefined;
  readonly steps: readonly Step[];
};

export type Step = {
  readonly index: number;
  readonly id: string | null;
  readonly name: string | null;
  readonly line: number;
  readonly endLine: number;
  readonly node: MapNode;
  readonly condition: string | undefined;
  readonly uses: Entry | undefined;
  readonly run: Entry | undefined;
  readonly with: Entry | undefined;
  readonly env: Entry | undefined;
};

/** Scopes of GITHUB_TOKEN. `all` stands for every scope; what is not named is none. */
export type Permissions = {
  readonly line: number;
  readonly scopes: readonly { readonly scope: string; readonly access: string; readonly line: number }[];
};

export function readWorkflow(root: MapNode): Workflow {
  return {
    name: scalarText(nodeOf(root, 'name')) ?? null,
    triggers: triggersOf(entryOf(root, 'on')),
    permissions: permissionsOf(entryOf(root, 'permissions')),
    env: entryOf(root, 'env'),
    jobs: entriesOf(nodeOf(root, 'jobs')).flatMap((entry) =>
      entry.node.kind === 'map' ? [readJob(entry, entry.node)] : [],
    ),
  };
}

function readJob(entry: Entry, node: MapNode): Job {
  const environment = entryOf(node, 'environment');
  const environmentName =
    environment === undefined
      ? undefined
      : (scalarText(environment.node) ?? scalarText(nodeOf(environment.node, 'name')));
  return {
    id: entry.key,
    line: entry.line,
    endLine: entry.endLine,
    node,
    condition: scalarText(nodeOf(node, 'if')),
    permissions: permissionsOf(entryOf(node, 'permissions')),
    env: entryOf(node, 'env'),
    environment:
      environment === undefined || environmentName === undefined
        ? null
        : { name: environmentName, line: environment.line },
    needs: textsOf(nodeOf(node, 'needs')),
    calls: textOf(nodeOf(node, 'uses')) === undefined ? undefined : entryOf(node, 'uses'),
    steps: stepsOf(nodeOf(node, 'steps')),
  };
}

export function stepsOf(node: Node | undefined): readonly Step[] {
  return itemsOf(node).flatMap((item, index): Step[] => {
    if (item.kind !== 'map') return [];
    return [
      {
        index,
        id: scalarText(nodeOf(item, 'id')) ?? null,
        name: scalarText(nodeOf(item, 'name')) ?? null,
        line: item.line,
        endLine: item.endLine,
        node: item,
        condition: scalarText(nodeOf(item, 'if')),
        uses: textOf(nodeOf(item, 'uses')) === undefined ? undefined : entryOf(item, 'uses'),
        run: textOf(nodeOf(item, 'run')) === undefined ? undefined : entryOf(item, 'run'),
        with: entryOf(item, 'with'),
        env: entryOf(item, 'env'),
      },
    ];
  });
}

export function permissionsOf(entry: Entry | undefined): Permissions | null {
  if (entry === undefined) return null;
  const text = scalarText(entry.node);
  if (text === 'write-all' || text === 'read-all')
    return { line: entry.line, scopes: [{ scope: 'all', access: text.slice(0, -4), line: entry.line }] };
  return {
    line: entry.line,
    scopes: entriesOf(entry.node).flatMap((member) => {
      const access = scalarText(member.node);
      return access === undefined ? [] : [{ scope: member.key, access, line: member.line }];
    }),
  };
}

/** What the token of a job may do. Unknown where neither job nor workflow says it: the repository's setting counts. */
export function tokenFacts(permissions: Permissions | null): Properties {
  if (permissions === null) return { tokenScopes: 'default of the repository', tokenScopesKnown: false };
  return {
    tokenScopes: Object.fromEntries(permissions.scopes.map(({ scope, access }) => [scope, access])),
    tokenScopesKnown: true,
    tokenScopesLine: permissions.line,
  };
}

export const isWriting = (permissions: Permissions | null): boolean =>
  permissions?.scopes.some(({ access }) => access === 'write') === true;

/** How firmly `owner/name@reference` names one version. */
export function actionReference(text: string): {
  readonly action: string;
  readonly reference: string | null;
  readonly pinnedToSha: boolean;
} {
  const at = text.lastIndexOf('@');
  const action = at <= 0 ? text : text.slice(0, at);
  const reference = at <= 0 ? null : text.slice(at + 1);
  return {
    action: action.toLowerCase(),
    reference,
    pinnedToSha: reference !== null && /^[0-9a-f]{40}$/i.test(reference),
  };
}
