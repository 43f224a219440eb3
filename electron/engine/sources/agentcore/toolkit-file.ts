import type { Properties } from '../../../../shared/model/facts.ts';
import { jsonOf } from '../host/host-agent.ts';
import { confidenceOf } from '../host/location.ts';
import { awsPrincipal, refOf } from '../infrastructure/identities.ts';
import { placeBelow } from '../infrastructure/placed-facts.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { booleanOf, type Entry, entriesOf, entryOf, itemsOf, nodeOf, scalarText, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { AssetRef, FileSource, Reading } from '../source.ts';

/** What the AgentCore starter toolkit keeps of its deployments (`.bedrock_agentcore.yaml`; unverified against its code). */
export const agentCoreToolkit: FileSource = {
  kind: 'file',
  id: 'agentcore/toolkit',
  version: 1,
  title: 'AgentCore deployments (.bedrock_agentcore.yaml)',
  product: 'agentcore',
  productTitle: 'Bedrock AgentCore',
  locations: [
    { scope: 'project', base: 'project', path: '.bedrock_agentcore.yaml', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.bedrock_agentcore.yml', confidence: 'medium' },
  ],
  emits: ['workload', 'identity', 'data-store', 'credential'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    const parsed = parseYaml(file.text);
    builder.problems(parsed.problems);
    if (parsed.root === null && parsed.problems.some((problem) => problem.kind !== 'empty'))
      builder.malformed(parsed.problems[0]?.message ?? 'not YAML');
    if (parsed.root?.kind !== 'map') return builder.done();
    const byDefault = scalarText(nodeOf(parsed.root, 'default_agent')) ?? null;
    const agents = entryOf(parsed.root, 'agents');
    if (agents !== undefined && agents.node.kind !== 'map')
      builder.issue(agents.line, '"agents" is not a map of deployments');
    for (const entry of entriesOf(agents?.node)) {
      if (entry.node.kind === 'map') emit(builder, entry, byDefault);
      else builder.issue(entry.line, 'a deployment that is not a map');
    }
    return builder.done();
  },
};

function emit(builder: ReadingBuilder, entry: Entry, byDefault: string | null): void {
  const { node, key } = entry;
  const { file } = builder;
  const confidence = confidenceOf(file);
  const aws = nodeOf(node, 'aws');
  const name = scalarText(nodeOf(node, 'name')) ?? key;
  const entrypoint = scalarText(nodeOf(node, 'entrypoint'));
  const code =
    entrypoint === undefined
      ? null
      : placeBelow(file.anchor, (entrypoint.split(':')[0] ?? '').replaceAll(/^\.\//g, ''));
  const observability = booleanOf(nodeOf(aws, 'observability', 'enabled'));
  const ref = builder.asset({
    ...placedRef('workload', file, key),
    name: name === '' ? key : name,
    properties: {
      kind: 'agent-runtime',
      product: 'Amazon Bedrock AgentCore Runtime',
      framework: 'agentcore',
      runs: 'agent',
      runtimeName: name,
      isDefault: byDefault === null ? entry.line > 0 : byDefault === key,
      ...(entrypoint === undefined ? {} : { entrypoint: maskText(entrypoint) }),
      ...(code === null ? {} : { code }),
      ...plain(aws, 'account', 'region', 'ecr_repository'),
      ...plain(node, 'platform', 'deployment_type', 'runtime_type', 'container_runtime'),
      protocol: scalarText(nodeOf(aws, 'protocol_configuration', 'server_protocol')) ?? 'HTTP',
      network: network(entryOf(aws, 'network_configuration')),
      ...(observability === undefined
        ? {}
        : { observability, observabilityLine: nodeOf(aws, 'observability')?.line ?? entry.line }),
      authorizer: authorizer(entryOf(node, 'authorizer_configuration')),
      roleMadeByToolkit: booleanOf(nodeOf(aws, 'execution_role_auto_create')) ?? false,
    },
    lines: linesOf(entry),
    confidence,
  });
  emitRole(builder, ref, entryOf(aws, 'execution_role'));
  emitMemory(builder, ref, entryOf(node, 'memory'));
  for (const provider of itemsOf(nodeOf(node, 'identity', 'credential_providers'))) {
    const given = scalarText(nodeOf(provider, 'name'));
    if (given === undefined) continue;
    const to = builder.asset({
      ...credentialRef(given),
      name: given,
      properties: {
        product: 'AgentCore Identity',
        forms: [{ form: 'reference', host: 'agentcore', place: file.place, line: provider.line }],
      },
      lines: linesOf(provider),
      confidence,
    });
    builder.relation({ kind: 'authenticates-with', from: ref, to, lines: linesOf(provider), confidence });
  }
}

const plain = (node: ReturnType<typeof nodeOf>, ...keys: readonly string[]): Properties =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const text = scalarText(nodeOf(node, key));
      return text === undefined || text === '' ? [] : [[key, maskText(text)] as const];
    }),
  );

const network = (entry: Entry | undefined): Properties => ({
  mode: scalarText(nodeOf(entry?.node, 'network_mode')) ?? 'PUBLIC (default)',
  ...(entry === undefined ? {} : { line: nodeOf(entry.node, 'network_mode')?.line ?? entry.line }),
});

function authorizer(entry: Entry | undefined): Properties {
  const jwt = entryOf(entry?.node, 'customJWTAuthorizer') ?? entryOf(entry?.node, 'custom_jwt_authorizer');
  if (jwt === undefined) return { type: 'AWS_IAM (default)' };
  const url = scalarText(nodeOf(jwt.node, 'discoveryUrl')) ?? scalarText(nodeOf(jwt.node, 'discovery_url'));
  return {
    type: 'CUSTOM_JWT',
    ...(url === undefined ? {} : { discoveryUrl: maskUrl(url) }),
    allowedClients: [...textsOf(nodeOf(jwt.node, 'allowedClients')), ...textsOf(nodeOf(jwt.node, 'allowed_clients'))]
      .length,
    line: jwt.line,
  };
}

function emitRole(builder: ReadingBuilder, from: AssetRef, entry: Entry | undefined): void {
  const draft = awsPrincipal(scalarText(entry?.node) ?? '');
  if (entry === undefined || draft === null) return;
  builder.asset({ ...draft, lines: linesOf(entry) });
  builder.relation({ kind: 'runs-as', from, to: refOf(draft), lines: linesOf(entry), confidence: 'high' });
}

function emitMemory(builder: ReadingBuilder, from: AssetRef, entry: Entry | undefined): void {
  const id = scalarText(nodeOf(entry?.node, 'memory_id'));
  const mode = scalarText(nodeOf(entry?.node, 'mode'));
  if (entry === undefined || id === undefined || id === '') return;
  const to = builder.asset({
    kind: 'data-store',
    key: `agentcore-memory:${id}`,
    name: `AgentCore memory ${scalarText(nodeOf(entry.node, 'memory_name')) ?? id}`,
    properties: {
      kind: 'memory',
      product: 'Amazon Bedrock AgentCore Memory',
      ...(mode === undefined ? {} : { mode: jsonOf({ kind: 'scalar', value: mode, line: 1, endLine: 1 }, 0) }),
      ...(scalarText(nodeOf(entry.node, 'event_expiry_days')) === undefined
        ? {}
        : { retentionDays: Number(scalarText(nodeOf(entry.node, 'event_expiry_days'))) }),
    },
    lines: linesOf(entry),
    confidence: 'high',
  });
  for (const kind of ['reads', 'writes'] as const)
    builder.relation({ kind, from, to, lines: linesOf(entry), confidence: 'high' });
}
