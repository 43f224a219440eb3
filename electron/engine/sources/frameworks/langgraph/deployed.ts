import type { Extra, GivenName } from '../framework.ts';
import type { FindContext } from '../engine/context.ts';
import { type CallValue, identityOf, type Value } from '../../python/values.ts';
import { placeFrom, readDeployFile } from './deploy-file.ts';

const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));

const endings: Readonly<Record<string, RegExp>> = { python: /\.(?:py|ipynb)$/, ecmascript: /\.[cm]?[jt]sx?$/ };

/** Names that `langgraph.json` gives to agents: which construct each of its graphs is. */
export const langgraphDeployments: Extra = {
  wants: (place) => {
    const wanted: string[] = [];
    for (let folder = folderOf(place); folder !== ''; folder = folderOf(folder))
      wanted.push(`${folder}/langgraph.json`);
    return wanted;
  },
  names: (context, want) => {
    const result = new Map<string, GivenName>();
    for (const [place, text] of context.documents) {
      if (!place.endsWith('/langgraph.json')) continue;
      for (const graph of readDeployFile(text).content.graphs) {
        const target = graph.file === null ? null : placeFrom(folderOf(place), graph.file);
        if (target === null || endings[context.project.modules[0]?.content.language ?? 'python']?.test(target) !== true)
          continue;
        const module = context.project.index.at(target);
        if (module === null) {
          want(target);
          continue;
        }
        const value = context.project.lookup(graph.variable, context.project.moduleScope(module));
        for (const agent of value === null ? [] : agentsBehind(context, value)) {
          const id = identityOf(agent);
          if (!result.has(id))
            result.set(id, { name: graph.name, key: `${target}#${graph.variable}`, place, line: graph.line });
        }
      }
    }
    return result;
  },
};

/** A deployment may name a graph, a builder, or a function that makes one. */
function agentsBehind(context: FindContext, value: Value): readonly CallValue[] {
  const { project, agentsIn } = context;
  const direct = agentsIn(value);
  if (direct.length > 0) return direct;
  if (value.kind === 'function') {
    const entry = value.function.decorators
      .map((decorator) => project.evaluate(decorator, value.scope))
      .find((one) => one.kind === 'call' && one.callee.kind === 'symbol' && one.callee.path.endsWith('.entrypoint'));
    if (entry?.kind === 'call') return [entry];
    return agentsIn(project.results(value, null, value.scope));
  }
  return value.kind === 'choice'
    ? value.options.flatMap((option) =>
        option.kind === 'function' ? agentsIn(project.results(option, null, option.scope)) : [],
      )
    : [];
}
