import type { Properties } from '../../../../shared/model/facts.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { hostMount, imageFacts, type Role, roleOfContainer } from '../infrastructure/containers.ts';
import { placeBelow } from '../infrastructure/placed-facts.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { type NamedValue, namedValues } from '../mcp/raw-server.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  linedTexts,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textsOf,
} from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { AssetRef, FileSource, Reading } from '../source.ts';

/** Services that run agents, servers and models ("Compose file reference", 2026; `models` from Compose 2.38 on). */
export const composeServices: FileSource = {
  kind: 'file',
  id: 'containers/compose',
  version: 1,
  title: 'Agents and MCP servers in compose files',
  product: 'containers',
  productTitle: 'Containers',
  locations: ['docker-compose', 'compose'].flatMap((name) =>
    ['yml', 'yaml'].flatMap((ending) => [
      { scope: 'project' as const, base: 'project' as const, path: `${name}.${ending}`, confidence: 'high' as const },
      { scope: 'project' as const, base: 'project' as const, path: `${name}.*.${ending}`, confidence: 'high' as const },
      {
        scope: 'project' as const,
        base: 'project' as const,
        path: `${name}-*.${ending}`,
        confidence: 'medium' as const,
      },
    ]),
  ),
  emits: ['workload', 'credential', 'model'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    const parsed = parseYaml(file.text);
    builder.problems(parsed.problems);
    if (parsed.root === null && parsed.problems.some((problem) => problem.kind !== 'empty'))
      builder.malformed(parsed.problems[0]?.message ?? 'not YAML');
    if (parsed.root?.kind !== 'map') return builder.done();
    const models = modelsOf(entryOf(parsed.root, 'models'));
    for (const service of entriesOf(nodeOf(parsed.root, 'services')).slice(0, 500)) {
      if (service.node.kind === 'map') emitService(builder, merged(service), models);
    }
    return builder.done();
  },
};

type ComposeModel = { readonly id: string; readonly entry: Entry };

const modelsOf = (entry: Entry | undefined): ReadonlyMap<string, ComposeModel> =>
  new Map(
    entriesOf(entry?.node).flatMap((member) => {
      const id = scalarText(nodeOf(member.node, 'model'));
      return id === undefined ? [] : [[member.key, { id, entry: entryOf(member.node, 'model') ?? member }] as const];
    }),
  );

/** `<<: *defaults`: keys of the service itself count before those that are merged in. */
function merged(service: Entry): Entry {
  if (service.node.kind !== 'map') return service;
  const base = entryOf(service.node, '<<');
  if (base === undefined) return service;
  const entries = new Map<string, Entry>();
  for (const one of base.node.kind === 'list' ? itemsOf(base.node).toReversed() : [base.node])
    for (const entry of entriesOf(one)) entries.set(entry.key, entry);
  for (const entry of entriesOf(service.node)) if (entry.key !== '<<') entries.set(entry.key, entry);
  return { ...service, node: { ...service.node, entries } };
}

const words = (node: Node | undefined): string =>
  node?.kind === 'list' ? textsOf(node).join(' ') : (scalarText(node) ?? '');

function emitService(builder: ReadingBuilder, service: Entry, models: ReadonlyMap<string, ComposeModel>): void {
  const { file } = builder;
  const { node, key: name } = service;
  const image = scalarText(nodeOf(node, 'image')) ?? null;
  const command = `${words(nodeOf(node, 'entrypoint'))} ${words(nodeOf(node, 'command'))}`.trim();
  const environment = namedValues(entryOf(node, 'environment'));
  const bound = entryOf(node, 'models');
  const role: Role | null =
    bound === undefined
      ? roleOfContainer({ name, image, command, environment: environment.map((item) => item.name) })
      : { runs: 'agent', because: 'it binds a model', certain: true, product: null };
  const mounts = mountsOf(entryOf(node, 'volumes'));
  if (role === null || (role.runs === 'perhaps-agent' && environment.length + mounts.length === 0)) return;
  const build = buildFolder(node, file.anchor);
  const ref = builder.asset({
    ...placedRef('workload', file, name),
    name,
    properties: {
      kind: 'container',
      runsIn: 'compose',
      runs: role.runs,
      because: role.because,
      certain: role.certain,
      runtimeName: name,
      ...(role.product === null ? {} : { product: role.product }),
      ...imageFacts(image),
      ...(build === null ? {} : { codeFolder: build }),
      ...(command === '' ? {} : { command: maskText(command.slice(0, 500)), ...codeOf(command, build ?? file.anchor) }),
      ports: portsOf(entryOf(node, 'ports')),
      ...(mounts.length === 0 ? {} : { mounts: mounts.map((mount) => ({ ...mount.facts, line: mount.line })) }),
      dockerSocket:
        mounts.some((mount) => mount.credential === 'docker-socket') ||
        booleanOf(nodeOf(node, 'use_api_socket')) === true,
      environment: environment.map((item) => ({ name: item.name, line: item.line })),
      ...texts(node, 'env_file', 'environmentFiles'),
      ...texts(node, 'cap_add', 'addedCapabilities'),
      ...texts(node, 'cap_drop', 'droppedCapabilities'),
      ...texts(node, 'security_opt', 'securityOptions'),
      ...(booleanOf(nodeOf(node, 'privileged')) === true ? { privileged: true } : {}),
      readOnlyRoot: booleanOf(nodeOf(node, 'read_only')) ?? false,
      ...plain(node, 'network_mode', 'networkMode'),
      ...plain(node, 'user', 'user'),
      ...plain(node, 'runtime', 'runtime'),
      limits: limitsOf(node),
      networks:
        entriesOf(nodeOf(node, 'networks')).length > 0
          ? entriesOf(nodeOf(node, 'networks')).map((entry) => entry.key)
          : textsOf(nodeOf(node, 'networks')),
      dependsOn:
        nodeOf(node, 'depends_on')?.kind === 'map'
          ? entriesOf(nodeOf(node, 'depends_on')).map((entry) => entry.key)
          : textsOf(nodeOf(node, 'depends_on')),
      ...(role.runs === 'mcp-gateway' ? gatewayFacts(command, node) : {}),
    },
    lines: linesOf(service),
    confidence: role.certain ? confidenceOf(file) : 'low',
  });
  for (const item of environment) emitVariable(builder, ref, item);
  for (const mount of mounts) {
    if (mount.credential === null) continue;
    credential(builder, ref, mount.credential, mount, 'mounted', { ambient: true, what: mount.what });
  }
  for (const [used, span] of boundModels(bound)) {
    const model = models.get(used);
    if (model === undefined) builder.issue(span.line, `no model is called "${used.slice(0, 80)}"`);
    else modelFacts(builder, ref, model.id, model.entry, { host: 'compose', provider: 'docker' });
  }
}

const texts = (node: Node, key: string, as: string): Properties => {
  const value = nodeOf(node, key);
  const found =
    value?.kind === 'list'
      ? value.items.flatMap((item) => scalarText(item) ?? scalarText(nodeOf(item, 'path')) ?? [])
      : textsOf(value);
  return found.length === 0 ? {} : { [as]: found.map((text) => maskText(text)) };
};

const plain = (node: Node, key: string, as: string): Properties => {
  const text = scalarText(nodeOf(node, key));
  return text === undefined ? {} : { [as]: maskText(text) };
};

const buildFolder = (node: Node, anchor: string): string | null => {
  const build = nodeOf(node, 'build');
  const context =
    scalarText(build) ?? scalarText(nodeOf(build, 'context')) ?? (build?.kind === 'map' ? '.' : undefined);
  return context === undefined ? null : placeBelow(anchor, context);
};

/** The file of the repository that a command starts: `python mcp_servers/orders.py`, `uvicorn app.main:app`. */
export function codeOf(command: string, folder: string): Properties {
  const file = /(?:^|\s)((?:\.\/)?[\w./-]{1,200}\.(?:py|js|mjs|cjs|ts))(?=\s|$)/.exec(command)?.[1];
  const module =
    /\bpython\S*\s+-m\s+([\w.]{1,200})/.exec(command)?.[1] ??
    /\b(?:uvicorn|gunicorn|hypercorn)\s+(?:-\S+\s+)*([\w.]{1,200}):\w+/.exec(command)?.[1];
  const path = file ?? (module === undefined ? undefined : `${module.replaceAll('.', '/')}.py`);
  const place = path === undefined ? null : placeBelow(folder, path);
  return place === null ? {} : { code: place };
}

function gatewayFacts(command: string, node: Node): Properties {
  const flag = (name: string): readonly string[] =>
    [...command.matchAll(new RegExp(`--${name}[= ]([\\w,:@./-]{1,500})`, 'g'))].flatMap((match) =>
      (match[1] ?? '').split(','),
    );
  return {
    gateway: {
      servers: flag('servers'),
      tools: flag('tools'),
      blocksNetwork: /--block-network\b/.test(command),
      blocksSecrets: /--block-secrets\b/.test(command),
      verifiesSignatures: /--verify-signatures\b/.test(command),
      usesApiSocket: booleanOf(nodeOf(node, 'use_api_socket')) ?? false,
    },
  };
}

/** Published ports; without an address a port is open on every interface of the machine. */
function portsOf(entry: Entry | undefined): readonly Properties[] {
  return itemsOf(entry?.node)
    .slice(0, 100)
    .flatMap((item): Properties[] => {
      if (item.kind === 'map') {
        const published = scalarText(nodeOf(item, 'published'));
        const address = scalarText(nodeOf(item, 'host_ip')) ?? '0.0.0.0';
        return [
          {
            host: published ?? null,
            container: scalarText(nodeOf(item, 'target')) ?? '',
            address,
            allInterfaces: published !== undefined && !/^(?:127\.|::1|localhost)/.test(address),
            line: item.line,
          },
        ];
      }
      const text = scalarText(item);
      if (text === undefined) return [];
      const parts = text
        .replace(/\/(?:tcp|udp)$/, '')
        .replace(/\$\{[^}]{0,100}\}/g, (whole) => /:-?(\d+)\}$/.exec(whole)?.[1] ?? 'variable')
        .split(':');
      const container = parts.at(-1) ?? '';
      const host = parts.length > 1 ? (parts.at(-2) ?? null) : null;
      const address = parts.length > 2 ? parts.slice(0, -2).join(':') : '0.0.0.0';
      return [
        {
          host,
          container,
          address,
          allInterfaces: host !== null && !/^(?:127\.|\[?::1|localhost)/.test(address),
          line: item.line,
        },
      ];
    });
}

type Mount = Span & { readonly facts: Properties; readonly credential: string | null; readonly what: string };

function mountsOf(entry: Entry | undefined): readonly Mount[] {
  return itemsOf(entry?.node)
    .slice(0, 200)
    .flatMap((item): Mount[] => {
      const text = scalarText(item);
      const [source = '', target = '', mode = ''] =
        text === undefined
          ? [
              scalarText(nodeOf(item, 'source')) ?? '',
              scalarText(nodeOf(item, 'target')) ?? '',
              booleanOf(nodeOf(item, 'read_only')) === true ? 'ro' : '',
            ]
          : text
              .replaceAll(/\$\{[^}]{0,200}\}/g, (whole) => whole.replaceAll(':', '\u0001'))
              .split(':')
              .map((part) => part.replaceAll('\u0001', ':'));
      if (!/^[./~$]/.test(source)) return [];
      const known = hostMount(source);
      return [
        {
          line: item.line,
          endLine: item.endLine,
          facts: { source: maskText(source), target: maskText(target), readOnly: mode.split(',').includes('ro') },
          credential: known?.credential ?? null,
          what: known?.what ?? '',
        },
      ];
    });
}

function limitsOf(node: Node): Properties {
  const limits = nodeOf(node, 'deploy', 'resources', 'limits');
  const get = (key: string, other: string): string | null =>
    scalarText(nodeOf(node, key)) ?? scalarText(nodeOf(limits, other)) ?? null;
  return { memory: get('mem_limit', 'memory'), cpus: get('cpus', 'cpus'), processes: get('pids_limit', 'pids') };
}

const boundModels = (entry: Entry | undefined): readonly (readonly [string, Span])[] =>
  entry?.node.kind === 'map'
    ? entriesOf(entry.node).map((member) => [member.key, member] as const)
    : linedTexts(entry?.node).map((item) => [item.text, item] as const);

function emitVariable(builder: ReadingBuilder, ref: AssetRef, item: NamedValue): void {
  const judged = classifyValue(item.name, item.value);
  const secret = judged.kind === 'literal-secret' ? judged.secret : null;
  if (secret === null && !isCredentialName(item.name)) return;
  if (secret !== null) builder.issue(item.line, `${item.name.slice(0, 100)} is written out in the compose file`);
  const reference = judged.kind === 'reference' ? judged.references[0]?.replace(/^[a-z]+:/, '') : undefined;
  credential(
    builder,
    ref,
    reference ?? item.name,
    item,
    secret === null ? 'reference' : 'literal',
    { variable: item.name },
    secret,
  );
}

function credential(
  builder: ReadingBuilder,
  from: AssetRef,
  name: string,
  span: Span,
  form: string,
  properties: Properties,
  secret: string | null = null,
): void {
  const to = credentialDraft(
    builder,
    builder.file,
    { ref: credentialRef(name), name, form, secretKind: secret, line: span.line, endLine: span.endLine },
    'compose',
  );
  if (properties['ambient'] === true)
    builder.asset({
      ...to,
      name,
      properties: { type: 'ambient', what: properties['what'] ?? '' },
      lines: linesOf(span),
    });
  builder.relation({
    kind: 'authenticates-with',
    from,
    to,
    properties: { form, ...properties },
    lines: linesOf(span),
    confidence: 'high',
  });
}
