import type { Properties } from '../../../../shared/model/facts.ts';
import type { RawServer } from '../mcp/raw-server.ts';
import { namedValues } from '../mcp/raw-server.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { booleanOf, entriesOf, entryOf, linedTexts, nodeOf, scalarText, textOf, textsOf } from '../parse/node.ts';

/** `[mcp_servers.<name>]`. openai/codex source, mcp_types (snapshots to 2026). */
export const codexServer: ServerAdapter = (raw, node) => {
  const bearer = entryOf(node, 'bearer_token_env_var');
  const bearerEnv = textOf(bearer?.node);
  const envReferences: RawServer['envReferences'][number][] = linedTexts(nodeOf(node, 'env_vars')).map((item) => ({
    name: item.text,
    use: 'env',
    line: item.line,
    endLine: item.endLine,
  }));
  if (bearer !== undefined && bearerEnv !== undefined)
    envReferences.push({ name: bearerEnv, use: 'bearer', line: bearer.line, endLine: bearer.endLine });
  const envHeaders = entriesOf(nodeOf(node, 'env_http_headers'));
  for (const header of envHeaders) {
    const name = scalarText(header.node);
    if (name !== undefined) envReferences.push({ name, use: 'header', line: header.line, endLine: header.endLine });
  }
  const headers = namedValues(entryOf(node, 'http_headers'));
  const include = textsOf(nodeOf(node, 'enabled_tools'));
  const exclude = textsOf(nodeOf(node, 'disabled_tools'));
  const approvals = entriesOf(nodeOf(node, 'tools')).flatMap((tool) => {
    const mode = textOf(nodeOf(tool.node, 'approval_mode'));
    return mode === undefined ? [] : [[tool.key, mode] as const];
  });
  const tools = include.filter((name) => !exclude.includes(name));
  const toolApproval = Object.fromEntries([...tools.map((name) => [name, 'auto'] as const), ...approvals]);
  const extra: Properties = {
    ...(bearerEnv === undefined ? {} : { bearerEnv }),
    ...(envHeaders.length === 0 ? {} : { envHeaderNames: envHeaders.map((header) => header.key) }),
    ...(include.length === 0 ? {} : { tools }),
    ...(Object.keys(toolApproval).length === 0 ? {} : { toolApproval }),
    ...(booleanOf(nodeOf(node, 'required')) === true ? { required: true } : {}),
  };
  return {
    raw: {
      ...raw,
      headers: [...raw.headers, ...headers],
      envReferences,
      includeTools: include,
      excludeTools: exclude,
      autoApprovedTools: approvals.filter(([, mode]) => mode === 'approve').map(([name]) => name),
    },
    extra,
  };
};
