import type { Properties } from '../../../../shared/model/facts.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { classesOfName } from '../infrastructure/api-schema.ts';
import { at, each, knownText, pairs, spotOf, truthOf, type Value } from '../infrastructure/expression.ts';
import { imageFacts } from '../infrastructure/containers.ts';
import { linesAt, type PlacedFacts } from '../infrastructure/placed-facts.ts';
import { readLaunch } from '../mcp/launch.ts';
import type { RawServer } from '../mcp/raw-server.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { emitAccount } from './accounts.ts';
import { type Cluster, type ClusterObject, names, nameSpot, objectKey, shown } from './cluster.ts';
import { emitGateway, emitModelServer } from './model-servers.ts';
import { emitCredential, emitEnvironment } from './workloads.ts';

const kagent = /^kagent\.dev$/;
const serverKinds = ['MCPServer', 'RemoteMCPServer', 'ToolServer', 'MCPRemoteProxy', 'VirtualMCPServer'];

/** Agents, servers and models that have kinds of their own (kagent v1alpha1 and v1alpha2, ToolHive, KAITO, KServe; unverified against releases). */
export function emitOwnKinds(cluster: Cluster, facts: PlacedFacts): void {
  for (const server of cluster.objects)
    if (serverKinds.includes(server.kind) && /kagent\.dev$|stacklok\.dev$/.test(server.group))
      emitServer(cluster, facts, server);
  for (const agent of cluster.ofKind(kagent, 'Agent', 'SandboxAgent')) emitAgent(cluster, facts, agent);
  for (const object of cluster.objects) emitModelServer(facts, object);
  for (const object of cluster.objects) emitGateway(facts, object);
}

const agentRef = (object: ClusterObject): AssetRef => ({
  kind: isOwnCode(object) ? 'workload' : 'agent',
  key: objectKey(object),
});

/** An agent whose code is in an image: a deployment, whose agent may be in the scanned folders. */
const isOwnCode = (agent: ClusterObject): boolean => shown(at(agent.body, 'spec', 'type')) === 'BYO';

function emitAgent(cluster: Cluster, facts: PlacedFacts, agent: ClusterObject): void {
  const spec = at(agent.body, 'spec');
  const declarative = at(spec, 'declarative') ?? spec;
  const type = shown(at(spec, 'type')) ?? 'Declarative';
  const byo = at(spec, 'byo', 'deployment');
  const deployment = byo ?? at(declarative, 'deployment');
  const description = shown(at(spec, 'description'));
  const ref = facts.asset(nameSpot(agent), {
    ...agentRef(agent),
    name: agent.name,
    properties: {
      framework: 'kagent',
      host: 'kagent',
      location: 'cluster',
      language: 'kubernetes',
      namespace: agent.namespace,
      apiVersion: `${agent.group}/${agent.version}`,
      type,
      ...(isOwnCode(agent)
        ? { kind: 'agent-runtime', runs: 'agent', certain: true, runtimeName: agent.name, codeFolder: agent.folder }
        : {}),
      ...(agent.templated ? { templated: true } : {}),
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      ...imageFacts(shown(at(byo, 'image')) ?? null),
      skills: each(at(declarative, 'a2aConfig', 'skills')).map((skill) => ({
        name: maskText(shown(at(skill, 'name')) ?? ''),
        line: skill.line,
      })),
      runsCode: truthOf(at(declarative, 'executeCodeBlocks')) ?? false,
    },
    confidence: 'medium',
    dynamic: agent.name.includes('${'),
  });
  emitModel(cluster, facts, agent, ref, at(declarative, 'modelConfig'));
  const message = at(declarative, 'systemMessage');
  const text =
    message === undefined ? undefined : (knownText(message) ?? (message.kind === 'text' ? message.text : undefined));
  if (message !== undefined && text !== undefined)
    promptFacts(facts.builder(message.place), {
      name: `${agent.name} instructions`,
      role: 'agent',
      host: 'kagent',
      key: `${agent.kind}/${agent.name}`,
      body: text,
      lines: linesAt(message),
      user: ref,
    });
  for (const tool of each(at(declarative, 'tools'))) emitTool(cluster, facts, agent, ref, tool);
  for (const memory of each(at(declarative, 'memory'))) {
    const found = cluster.find(agent, ['Memory'], shown(memory) ?? '');
    if (found !== undefined) emitMemory(facts, ref, found, memory);
  }
  emitAccount(
    cluster,
    facts,
    ref,
    agent,
    shown(at(deployment, 'serviceAccountName')) ?? agent.name,
    at(deployment, 'serviceAccountName') ?? nameSpot(agent),
  );
  emitEnvironment(facts, ref, deployment);
}

function emitModel(
  cluster: Cluster,
  facts: PlacedFacts,
  agent: ClusterObject,
  ref: AssetRef,
  value: Value | undefined,
): void {
  const name = shown(value) ?? 'default-model-config';
  const config = cluster.find(agent, ['ModelConfig'], name);
  if (config === undefined) return;
  const model = at(config.body, 'spec', 'model');
  const provider = shown(at(config.body, 'spec', 'provider'))?.toLowerCase();
  const id = shown(model);
  if (model !== undefined && id !== undefined && !id.includes('${'))
    modelFacts(facts.builder(model.place), ref, id, model, {
      host: 'kagent',
      ...(provider === undefined || !/^[a-z]+$/.test(provider) ? {} : { provider }),
    });
  const secret = shown(at(config.body, 'spec', 'apiKeySecret')) ?? shown(at(config.body, 'spec', 'apiKeySecretRef'));
  const key = shown(at(config.body, 'spec', 'apiKeySecretKey'));
  const spot = at(config.body, 'spec', 'apiKeySecret') ?? at(config.body, 'spec', 'apiKeySecretRef');
  if (secret !== undefined && spot !== undefined)
    emitCredential(facts, ref, key ?? secret, spot, 'secret key', { secret: maskText(secret) });
}

function emitTool(cluster: Cluster, facts: PlacedFacts, agent: ClusterObject, ref: AssetRef, tool: Value): void {
  const other =
    shown(at(tool, 'agent', 'name')) ??
    shown(at(tool, 'agent', 'ref')) ??
    (at(tool, 'agent')?.kind === 'text' ? shown(at(tool, 'agent')) : undefined);
  if (other !== undefined) {
    const target = cluster.find(agent, ['Agent'], other);
    if (target !== undefined)
      facts.relation(tool, { kind: 'delegates-to', from: ref, to: agentRef(target), confidence: 'high' });
    else
      facts.issue(tool.place, {
        line: tool.line,
        message: `the agent "${maskText(other.slice(0, 80))}" is in none of these files`,
      });
    return;
  }
  const builtin =
    shown(at(tool, 'builtin', 'name')) ??
    (at(tool, 'builtin')?.kind === 'text' ? shown(at(tool, 'builtin')) : undefined);
  if (builtin !== undefined) {
    facts.relation(tool, {
      kind: 'uses',
      from: ref,
      to: toolAsset(facts, `kagent-builtin/${builtin}`, builtin, tool),
      confidence: 'medium',
    });
    return;
  }
  const reference = at(tool, 'mcpServer');
  const name = shown(at(reference, 'name')) ?? shown(at(reference, 'toolServer'));
  if (reference === undefined || name === undefined) return;
  const wanted = names(at(reference, 'toolNames'));
  const approvals = new Set(names(at(reference, 'requireApproval')));
  const server = cluster.find(agent, serverKinds, name);
  const to =
    server !== undefined
      ? emitServer(cluster, facts, server)
      : facts.asset(reference, {
          kind: 'mcp-server',
          key: `unknown:${agent.folder}#${name}`,
          name,
          properties: {
            transport: 'http',
            hosts: ['kagent'],
            enabled: true,
            configurations: [
              { host: 'kagent', name, place: reference.place, line: reference.line, enabled: true, transport: 'http' },
            ],
          },
          confidence: 'low',
          dynamic: true,
        });
  facts.relation(tool, {
    kind: 'uses',
    from: ref,
    to,
    discriminator: name,
    properties: { name, tools: wanted.map((one) => maskText(one)), allTools: wanted.length === 0, enabled: true },
    confidence: 'high',
  });
  for (const item of each(at(reference, 'toolNames'))) {
    const one = shown(item);
    if (one === undefined || one.includes('${')) continue;
    const asset = toolAsset(facts, `${to.key}/${one}`, one, item);
    facts.relation(item, { kind: 'exposes', from: to, to: asset, confidence: 'medium' });
    facts.relation(item, { kind: 'uses', from: ref, to: asset, confidence: 'high' });
    if (!approvals.has(one)) continue;
    const gate = facts.asset(item, {
      kind: 'approval-gate',
      key: `${objectKey(agent)}/${one}/gate`,
      name: `approval of ${one}`,
      properties: { mechanism: 'requireApproval', grade: 'human-per-call' },
      confidence: 'medium',
    });
    facts.relation(item, {
      kind: 'gated-by',
      from: asset,
      to: gate,
      properties: { agent: ref.key },
      confidence: 'medium',
    });
  }
}

const toolAsset = (facts: PlacedFacts, key: string, name: string, spot: Value): AssetRef =>
  facts.asset(spotOf(spot), {
    kind: 'tool',
    key,
    name,
    properties: {
      framework: 'kagent',
      form: 'mcp tool',
      capabilities: classesOfName(name.replace(/^[a-z0-9]+_/, '')).map((one) => ({
        class: one,
        place: spot.place,
        line: spot.line,
        because: 'its name says so',
        confidence: 'low',
      })),
      capabilitiesKnown: false,
    },
    confidence: 'medium',
  });

function emitMemory(facts: PlacedFacts, ref: AssetRef, memory: ClusterObject, spot: Value): void {
  const to = facts.asset(nameSpot(memory), {
    kind: 'data-store',
    key: objectKey(memory),
    name: memory.name,
    properties: { kind: 'memory', product: maskText(shown(at(memory.body, 'spec', 'provider')) ?? 'kagent memory') },
    confidence: 'medium',
  });
  for (const kind of ['reads', 'writes'] as const) facts.relation(spot, { kind, from: ref, to, confidence: 'medium' });
}

/** A server with a kind of its own: by address, by image, or by the command in it. */
function emitServer(cluster: Cluster, facts: PlacedFacts, server: ClusterObject): AssetRef {
  const spec = at(server.body, 'spec');
  const deployment = at(spec, 'deployment') ?? spec;
  const url =
    shown(at(spec, 'url')) ??
    shown(at(spec, 'remoteURL')) ??
    shown(at(spec, 'remoteUrl')) ??
    shown(at(spec, 'config', 'sse', 'url')) ??
    shown(at(spec, 'config', 'streamableHttp', 'url'));
  const command = shown(at(deployment, 'cmd')) ?? shown(at(spec, 'config', 'stdio', 'command'));
  const args = [...names(at(deployment, 'args')), ...names(at(spec, 'config', 'stdio', 'args'))];
  const image = shown(at(deployment, 'image'));
  const launched = command === undefined ? null : readLaunch(command, args);
  // A bare language image is what the command runs in, not what the server is.
  const bare = /(?:^|\/)(?:python|node|alpine|debian|ubuntu|golang|busybox|uv|bun|deno)(?:[:@]|$)/.test(image ?? '');
  const byImage =
    image !== undefined &&
    url === undefined &&
    (launched?.package ?? null) === null &&
    !(bare && command !== undefined);
  const transport =
    shown(at(spec, 'transportType')) ?? shown(at(spec, 'transport')) ?? shown(at(spec, 'protocol')) ?? 'stdio';
  const raw: RawServer = {
    name: server.name,
    line: server.line,
    endLine: server.endLine,
    transport:
      url !== undefined
        ? /sse/i.test(transport)
          ? 'sse'
          : 'http'
        : /sse/i.test(transport)
          ? 'sse'
          : /http/i.test(transport)
            ? 'http'
            : 'stdio',
    command: url !== undefined ? null : byImage ? 'docker' : (command ?? null),
    args: url !== undefined ? [] : byImage ? ['run', '-i', image ?? '', ...args] : args,
    argLines: [],
    url: url ?? null,
    urlLine: server.line,
    env: pairs(at(deployment, 'env')).flatMap(([name, value]) =>
      shown(value) === undefined ? [] : [{ name, value: shown(value) ?? '', line: value.line, endLine: value.endLine }],
    ),
    headers: [],
    envReferences: [],
    enabled: true,
    autoApprovedTools: [],
    includeTools: names(at(spec, 'tools')),
    excludeTools: [],
  };
  const extra: Properties = {
    runsIn: 'kubernetes',
    namespace: server.namespace,
    object: `${server.group}/${server.kind}`,
    ...(server.templated ? { templated: true } : {}),
    ...imageFacts(image ?? null),
    ...permissionProfile(spec),
  };
  const ref = serverFacts(facts.builder(server.place), raw, {
    host: server.group.includes('stacklok') ? 'toolhive' : 'kagent',
    user: null,
    scope: 'project',
    where: server.kind,
    anchor: server.folder,
    confidence: 'medium',
    extra,
  });
  for (const item of [...each(at(deployment, 'secretRefs')), ...each(at(spec, 'secrets'))]) {
    const name = shown(at(item, 'targetEnvName')) ?? shown(at(item, 'name'));
    if (name !== undefined)
      emitCredential(facts, ref, name, item, 'secret key', { secret: maskText(shown(at(item, 'name')) ?? '') });
  }
  for (const item of each(at(spec, 'headersFrom'))) {
    const name = shown(at(item, 'valueFrom', 'name'));
    if (name !== undefined && /secret/i.test(shown(at(item, 'valueFrom', 'type')) ?? 'Secret'))
      emitCredential(facts, ref, name, item, 'header', { variable: maskText(shown(at(item, 'name')) ?? '') });
  }
  const account = at(spec, 'serviceAccount') ?? at(deployment, 'serviceAccountName');
  if (account !== undefined && shown(account) !== undefined)
    emitAccount(cluster, facts, ref, server, shown(account) ?? '', account);
  return ref;
}

const permissionProfile = (spec: Value | undefined): Properties => {
  const name = shown(at(spec, 'permissionProfile', 'name'));
  return name === undefined ? {} : { permissionProfile: maskText(name) };
};
