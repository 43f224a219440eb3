import type { CallSite, Scope } from '../../python/scopes.ts';

/** Variables that say nothing about what an agent is for. */
const generic =
  /^(?:_?(?:graph|agent|app|application|workflow|builder|compiled|compiled_graph|compiled_workflow|react_agent|executor|agent_executor|chain|runnable|g|result|self|graph_builder|agent_graph|compiled_app|_graph))$/;

/**
 * Path of names to the construct: `graph`, `Class.method.agent`, `make_graph`. Keys are made of it, so it must not
 * depend on anything but the names.
 */
export function variableOf(site: CallSite, fallback: string): string {
  const parts: string[] = [];
  const statement = site.statement;
  // The variable of a loop over what the construct gives is none of the construct's.
  if (statement.kind === 'assign' && statement.value.kind !== 'subscript') {
    const [target] = statement.targets;
    if (target?.kind === 'name') parts.push(writtenName(target.id));
    else if (target?.kind === 'attribute') parts.push(target.name);
    else if (target?.kind === 'subscript' && target.index.kind === 'text') parts.push(target.index.value);
  } else {
    // Compiled on the spot: the builder's name is the best there is.
    const callee = site.call.callee;
    if (callee.kind === 'attribute' && callee.of.kind === 'name' && callee.name === 'compile') parts.push(callee.of.id);
  }
  for (let scope: Scope | null = site.scope; scope !== null; scope = scope.parent) {
    if (scope.function !== undefined) parts.push(writtenName(scope.function.name));
    else if (scope.class !== undefined) parts.push(writtenName(scope.class.name));
  }
  if (parts.every((part) => part === '')) return fallback;
  return parts.length === 0
    ? fallback
    : parts
        .filter((part) => part !== '')
        .reverse()
        .join('.');
}

/** Functions without a name are known by where they are given to, and by an offset that nobody has written. */
export const writtenName = (name: string): string => name.replace(/^(?:taken|module|parameter|args)@\d*$|@\d+$/, '');

/** Names that say nothing of functions and variables of ECMAScript: what a route or a program is usually called. */
const sayingNothing =
  /^(?:|agent|app|result|results|response|res|stream|output|data|value|completion|message|query|loop|default|handler|main|run|start|execute|POST|GET|PUT|action|route|fetch|index|graph|workflow|_call|invoke|chat|generate|text|it|test|describe|then|step|process|chatCompletion|callModel|__init__)$/;

/** A file that is called after its place is known by its folder: `app/api/chat/route.ts`. */
export function nameOfFile(place: string): string {
  const steps = place.split('/').slice(1);
  const stem = (steps.pop() ?? 'agent').replace(/(?:\.(?:server|test|spec))?\.[cm]?[jt]sx?$/, '');
  const said = /^(?:index|route|page|main|server|agent|app|handler|\+server|\+page|run|mod)$/.test(stem)
    ? steps.findLast((step) => !/^(?:src|app|lib|api|server|\(.*\)|\[.*\])$/.test(step))
    : stem;
  return said ?? stem;
}

/** What people call the agent when nobody gave it a name. */
export function readableName(variable: string, place = ''): string {
  if (/\.[cm]?[jt]sx?$/.test(place)) {
    const known = variable
      .split('.')
      .findLast((part) => !sayingNothing.test(part) && !/^\w$|(?:Iterator|Stream|Results?|Response)$/.test(part));
    return known ?? nameOfFile(place);
  }
  const parts = variable.split('.').filter((part) => !/^__\w+__$/.test(part));
  const last = parts.at(-1) ?? variable;
  if (parts.length === 1 || !generic.test(last)) return last;
  return (
    parts.findLast(
      (part) =>
        !generic.test(part) &&
        !/^(?:main|run|setup|setup_graph|_?build|_?create|create_graph|_?build_graph|_?init|get|make|compile|invoke|create_agent|build_agent|_create_graph|_build_workflow|build_workflow|create_workflow)$/.test(
          part,
        ),
    ) ?? last
  );
}
