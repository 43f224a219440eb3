import { credentialRef, placedRef } from '../../keys.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import { ReadingBuilder, wholeFile } from '../../parse/reading-builder.ts';
import type { FileInput, FileSource, Reading } from '../../source.ts';
import { placeFrom, readDeployFile } from './deploy-file.ts';

/** The graphs that a LangGraph deployment serves, with its environment and authentication. */
export const langgraphDeploySource: FileSource = {
  kind: 'file',
  id: 'langgraph/deployment',
  version: 1,
  title: 'LangGraph deployments (langgraph.json)',
  product: 'langgraph',
  productTitle: 'LangGraph',
  locations: [{ scope: 'project', base: 'project', path: 'langgraph.json', confidence: 'high' }],
  emits: ['agent', 'workload', 'credential'],
  read,
};

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const { content, status, issues } = readDeployFile(file.text);
  for (const issue of issues) builder.issue(issue.line, issue.message);
  if (status === 'malformed') builder.malformed('not valid JSON');
  if (content.graphs.length === 0 && status === 'read') builder.issue(null, 'names no graphs');
  if (content.graphs.length === 0) return builder.done();
  const folder = file.place.slice(0, Math.max(0, file.place.lastIndexOf('/')));
  const workload = builder.asset({
    ...placedRef('workload', file),
    name: `LangGraph deployment in ${file.anchorName}`,
    properties: {
      framework: 'langgraph',
      graphs: content.graphs.map((graph) => graph.name),
      dependencies: content.dependencies,
      ...(content.environmentFile === null ? {} : { environmentFile: content.environmentFile }),
      environmentNames: content.environmentNames,
      authentication: content.authentication,
      ...(content.httpApp === null ? {} : { httpApp: content.httpApp }),
      ...(content.pythonVersion === null ? {} : { pythonVersion: content.pythonVersion }),
    },
    lines: wholeFile(file.text),
    confidence: 'high',
  });
  for (const graph of content.graphs) {
    const lines = { line: graph.line, endLine: graph.endLine };
    const target = graph.file === null ? null : placeFrom(folder, graph.file);
    const agent = builder.asset({
      ...(target === null
        ? placedRef('agent', file, graph.name)
        : placedRef('agent', { place: target }, graph.variable)),
      name: graph.name,
      properties: { framework: 'langgraph', deployedAs: graph.name, declaredIn: file.place },
      lines,
      confidence: 'high',
    });
    builder.relation({ kind: 'exposes', from: workload, to: agent, lines, confidence: 'high' });
  }
  for (const name of content.environmentNames.filter(isCredentialName)) {
    const credential = builder.asset({
      ...credentialRef(name),
      name,
      properties: { supplied: 'environment' },
      confidence: 'high',
    });
    builder.relation({ kind: 'authenticates-with', from: workload, to: credential, confidence: 'high' });
  }
  return builder.done();
}
