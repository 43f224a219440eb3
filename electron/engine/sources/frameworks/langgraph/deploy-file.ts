import type { Reading } from '../../source.ts';
import { entriesOf, nodeOf, scalarText, textOf, textsOf } from '../../parse/node.ts';
import { parseJson } from '../../parse/json-document.ts';

/** `langgraph.json` of the LangGraph CLI: which graphs a deployment serves. Documented in the LangGraph platform reference. */
export type DeployFile = {
  readonly language: 'langgraph.json';
  readonly graphs: readonly DeployedGraph[];
  readonly dependencies: readonly string[];
  readonly environmentFile: string | null;
  readonly environmentNames: readonly string[];
  /** Path of the authentication module; null where the deployment has none of its own. */
  readonly authentication: string | null;
  readonly httpApp: string | null;
  readonly pythonVersion: string | null;
};

export type DeployedGraph = {
  readonly name: string;
  /** File, relative to `langgraph.json`, without leading `./`; null for a dotted module. */
  readonly file: string | null;
  readonly variable: string;
  readonly line: number;
  readonly endLine: number;
};

export function readDeployFile(text: string): {
  readonly content: DeployFile;
  readonly status: Reading['status'];
  readonly issues: Reading['issues'];
} {
  const { root, problems } = parseJson(text);
  const graphs: DeployedGraph[] = [];
  for (const entry of entriesOf(nodeOf(root, 'graphs'))) {
    const target = textOf(entry.node) ?? textOf(nodeOf(entry.node, 'path'));
    if (target === undefined) continue;
    const colon = target.lastIndexOf(':');
    const path = colon > 1 ? target.slice(0, colon) : target;
    const file = /\.(?:py|ts|tsx|js|mjs|cjs|ipynb)$/.test(path) ? path.replace(/^\.\//, '') : null;
    graphs.push({
      name: entry.key,
      file,
      variable: colon > 1 ? target.slice(colon + 1) : '',
      line: entry.line,
      endLine: entry.endLine,
    });
  }
  const environment = nodeOf(root, 'env');
  return {
    status: root === null ? 'malformed' : problems.length > 0 ? 'malformed' : 'read',
    issues: problems.map((problem) => ({ line: problem.line, message: problem.message })),
    content: {
      language: 'langgraph.json',
      graphs,
      dependencies: textsOf(nodeOf(root, 'dependencies')),
      environmentFile: textOf(environment) ?? null,
      environmentNames: entriesOf(environment).map((entry) => entry.key),
      authentication: textOf(nodeOf(root, 'auth', 'path')) ?? null,
      httpApp: textOf(nodeOf(root, 'http', 'app')) ?? null,
      pythonVersion: scalarText(nodeOf(root, 'python_version')) ?? null,
    },
  };
}

/** Place of a path written in a file, `..` taken away; null when it leaves the scan root. */
export function placeFrom(folder: string, path: string): string | null {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  const floor = 1;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length <= floor) return null;
      parts.pop();
    } else parts.push(part);
  }
  return parts.join('/');
}
