import type { Properties } from '../../../../shared/model/facts.ts';
import { jsonOf } from '../host/host-agent.ts';
import { readRawServer } from '../mcp/raw-server.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { parseJson } from '../parse/json-document.ts';
import { type Entry, entriesOf, entryOf, linedTexts, type Node, nodeOf, scalarText } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import type { AgentStep } from './agent-steps.ts';
import type { JobContext } from './job-facts.ts';

/** Servers whose configuration stands in the workflow itself. */
export function emitServers(context: JobContext, agent: AgentStep, ref: AssetRef): void {
  for (const { text, line } of agent.mcpConfig) {
    if (text.trim().startsWith('{')) serversOf(context, agent, ref, withoutExpressions(text), line, 'mcp_config');
  }
  const settings = scalarText(agent.settings?.node);
  if (agent.settings !== undefined && settings?.trim().startsWith('{') === true)
    serversOf(context, agent, ref, withoutExpressions(settings), agent.settings.node.line, 'settings');
}

/** `${{ ... }}` outside of quotes is no JSON: what it will be is not known. */
const withoutExpressions = (text: string): string =>
  text.replace(/(:\s*)\$\{\{[^}]{0,500}\}\}(?=\s*[,}\]\n])/g, '$1null');

function serversOf(
  context: JobContext,
  agent: AgentStep,
  user: AssetRef,
  text: string,
  line: number,
  where: string,
): void {
  const { builder } = context;
  const { root } = parseJson(text);
  const entry = entryOf(root, 'mcpServers');
  for (const member of entriesOf(entry?.node)) {
    if (member.node.kind !== 'map') continue;
    const raw = readRawServer(shifted(member, line - 1, builder), member.node);
    const at = (inner: number): number => within(builder, inner + line - 1);
    serverFacts(
      builder,
      {
        ...raw,
        argLines: raw.argLines.map(at),
        urlLine: at(raw.urlLine - (line - 1)),
        env: raw.env.map((item) => ({ ...item, line: at(item.line), endLine: at(item.endLine) })),
        headers: raw.headers.map((item) => ({ ...item, line: at(item.line), endLine: at(item.endLine) })),
      },
      {
        host: agent.host,
        user,
        scope: 'project',
        where: `${where}.mcpServers`,
        anchor: context.root,
        confidence: agent.confidence,
      },
    );
  }
}

const within = (builder: ReadingBuilder, line: number): number =>
  Math.max(1, Math.min(line, builder.file.text.split('\n').length));
const shifted = (entry: Entry, by: number, builder: ReadingBuilder): Entry => ({
  ...entry,
  line: within(builder, entry.line + by),
  endLine: within(builder, entry.endLine + by),
});

/** Rules of the settings that stand in the workflow: what is allowed and denied, as the host's own file would say it. */
export function emitSettings(context: JobContext, agent: AgentStep, ref: AssetRef): void {
  const text = scalarText(agent.settings?.node);
  if (agent.settings === undefined || text === undefined) return;
  const { builder } = context;
  if (!text.trim().startsWith('{')) {
    builder.asset({
      ...ref,
      name: '',
      properties: { settingsFile: maskText(text.slice(0, 300)) },
      lines: linesOf(agent.settings),
    });
    return;
  }
  const { root, problems } = parseJson(withoutExpressions(text));
  const line = agent.settings.node.line;
  if (problems.some((problem) => problem.kind === 'syntax'))
    builder.issue(line, 'the settings of the step are not valid JSON');
  const rules: Properties[] = [];
  for (const list of ['allow', 'ask', 'deny'])
    for (const rule of linedTexts(nodeOf(root, 'permissions', list)).slice(0, 500))
      rules.push({
        list,
        rule: maskText(rule.text),
        scope: 'project',
        place: builder.file.place,
        line: within(builder, rule.line + line - 1),
      });
  const kept = (...path: readonly string[]): Properties => {
    const node: Node | undefined = nodeOf(root, ...path);
    return node === undefined ? {} : { [path.join('.')]: jsonOf(node, 0) };
  };
  builder.asset({
    ...ref,
    name: '',
    properties: {
      ...(rules.length === 0 ? {} : { permissions: rules }),
      settings: {
        ...kept('tools', 'core'),
        ...kept('tools', 'exclude'),
        ...kept('tools', 'sandbox'),
        ...kept('coreTools'),
        ...kept('excludeTools'),
        ...kept('sandbox'),
        ...kept('maxSessionTurns'),
        ...kept('enableAllProjectMcpServers'),
      },
    },
    lines: linesOf(agent.settings),
  });
}
