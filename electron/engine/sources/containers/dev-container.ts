import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { hostMount, imageFacts } from '../infrastructure/containers.ts';
import { agentCommands } from '../infrastructure/agent-commands.ts';
import { credentialRef, hostAgentRef, placedRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, type MapNode, nodeOf, scalarText, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import type { AssetRef, FileInput, FileSource, Lines, Reading } from '../source.ts';

/** Features that install an agent host, by the last part of their name (features as published in 2026; unverified). */
const features: readonly (readonly [RegExp, string, string])[] = [
  [/\/claude-code(?:[:@]|$)/, 'claude-code', 'Claude Code'],
  [/\/codex(?:-cli)?(?:[:@]|$)/, 'codex', 'Codex'],
  [/\/gemini-cli(?:[:@]|$)/, 'gemini-cli', 'Gemini CLI'],
  [/\/copilot-cli(?:[:@]|$)/, 'copilot-cli', 'GitHub Copilot CLI'],
  [/\/opencode(?:[:@]|$)/, 'opencode', 'OpenCode'],
  [/\/goose(?:[:@]|$)/, 'goose', 'Goose'],
  [/\/cursor(?:-agent)?(?:[:@]|$)/, 'cursor', 'Cursor'],
];

/** What a dev container gives to agents: their programs, mounts of the machine, variables ("devcontainer.json reference", 2026). */
export const devContainers: FileSource = {
  kind: 'file',
  id: 'containers/dev-container',
  version: 2,
  title: 'Agents in dev containers',
  product: 'containers',
  productTitle: 'Containers',
  locations: ['.devcontainer/devcontainer.json', '.devcontainer/*/devcontainer.json', '.devcontainer.json'].map(
    (path) => ({
      scope: 'project' as const,
      base: 'project' as const,
      path,
      confidence: 'medium' as const,
    }),
  ),
  emits: ['agent', 'workload', 'credential'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const found = entriesOf(nodeOf(root, 'features')).flatMap((entry) => {
      const known = features.find(([shape]) => shape.test(entry.key));
      return known === undefined ? [] : [{ entry, host: known[1], title: known[2] }];
    });
    const started = commandsOf(root).flatMap(({ text, line }) => [
      ...agentCommands(text).map((command) => ({ host: command.host, title: command.title, line })),
      ...(/@anthropic-ai\/claude-code\b|claude\.ai\/install/.test(text)
        ? [{ host: 'claude-code', title: 'Claude Code', line }]
        : []),
      ...(/@openai\/codex\b/.test(text) ? [{ host: 'codex', title: 'Codex', line }] : []),
      ...(/@google\/gemini-cli\b/.test(text) ? [{ host: 'gemini-cli', title: 'Gemini CLI', line }] : []),
    ]);
    const credentials = environmentOf(builder, file, root);
    if (found.length + started.length === 0) return builder.done();
    const mounts = mountsOf(root);
    const container = builder.asset({
      ...placedRef('workload', file),
      name: scalarText(nodeOf(root, 'name')) ?? `dev container of ${file.anchorName}`,
      properties: {
        kind: 'dev-container',
        runs: 'agent-host',
        certain: true,
        because: 'it installs an agent host',
        ...imageFacts(scalarText(nodeOf(root, 'image')) ?? null),
        features: found.map(({ entry, host }) => ({
          feature: maskText(entry.key),
          host,
          pinned: /@sha256:/.test(entry.key),
          line: entry.line,
        })),
        mounts: mounts.map(({ source, line }) => ({ source: maskText(source), line })),
        dockerSocket: mounts.some(({ source }) => /docker\.sock/.test(source)),
        privileged: booleanOf(nodeOf(root, 'privileged')) ?? false,
        runArguments: textsOf(nodeOf(root, 'runArgs')).map((text) => maskText(text)),
        addedCapabilities: textsOf(nodeOf(root, 'capAdd')),
        remoteUser: scalarText(nodeOf(root, 'remoteUser')) ?? 'default',
      },
      lines: linesOf(found[0]?.entry ?? entryOf(root, 'postCreateCommand') ?? root),
      confidence,
    });
    const hosts = new Map<string, { readonly title: string; readonly line: number }>();
    for (const one of [...found.map(({ entry, host, title }) => ({ host, title, line: entry.line })), ...started])
      if (!hosts.has(one.host)) hosts.set(one.host, one);
    for (const [host, { title, line }] of hosts) {
      const lines = { line, endLine: line };
      const agent = builder.asset({
        ...hostAgentRef(host, file.anchor),
        name: `${title} in ${file.anchorName}`,
        properties: { host, installedBy: file.place },
        lines,
        confidence,
      });
      builder.relation({ kind: 'exposes', from: container, to: agent, lines, confidence });
    }
    for (const mount of mounts) {
      const known = hostMount(mount.source);
      if (known === null) continue;
      const span = { line: mount.line, endLine: mount.line };
      const to = credentialDraft(
        builder,
        file,
        { ref: credentialRef(known.credential), name: known.credential, form: 'mounted', secretKind: null, ...span },
        'dev-container',
      );
      builder.relation({
        kind: 'authenticates-with',
        from: container,
        to,
        properties: { what: known.what },
        lines: span,
      });
    }
    for (const { to, variable, lines } of credentials)
      builder.relation({ kind: 'authenticates-with', from: container, to, properties: { variable }, lines });
    return builder.done();
  },
};

/** Secrets that are handed into the container; one of the machine (`${localEnv:X}`) keeps its name there. */
function environmentOf(
  builder: ReadingBuilder,
  file: FileInput,
  root: MapNode,
): readonly { readonly to: AssetRef; readonly variable: string; readonly lines: Lines }[] {
  return ['containerEnv', 'remoteEnv'].flatMap((key) =>
    entriesOf(nodeOf(root, key)).flatMap((entry) => {
      const value = scalarText(entry.node) ?? '';
      const local = /^\$\{(?:localEnv|env):([A-Za-z_][A-Za-z0-9_]{0,127})(?::[^}]*)?\}$/.exec(value.trim())?.[1];
      const judged = classifyValue(entry.key, local === undefined ? value : '');
      const secret = judged.kind === 'literal-secret' ? judged.secret : null;
      const name = local ?? entry.key;
      if (secret === null && (!isCredentialName(name) || (local === undefined && judged.kind === 'empty'))) return [];
      const to = credentialDraft(
        builder,
        file,
        {
          ref: credentialRef(name),
          name,
          form: secret === null ? 'reference' : 'literal',
          secretKind: secret,
          line: entry.line,
          endLine: entry.endLine,
        },
        'dev-container',
      );
      return [{ to, variable: entry.key, lines: linesOf(entry) }];
    }),
  );
}

function commandsOf(root: MapNode): readonly { readonly text: string; readonly line: number }[] {
  return [
    'onCreateCommand',
    'updateContentCommand',
    'postCreateCommand',
    'postStartCommand',
    'postAttachCommand',
  ].flatMap((key) => {
    const entry = entryOf(root, key);
    if (entry === undefined) return [];
    const parts = entry.node.kind === 'map' ? entriesOf(entry.node).map((member) => member.node) : [entry.node];
    return parts.map((part) => ({
      text: part.kind === 'list' ? textsOf(part).join(' ') : (scalarText(part) ?? ''),
      line: part.line,
    }));
  });
}

function mountsOf(root: MapNode): readonly { readonly source: string; readonly line: number }[] {
  const written = itemsOf(nodeOf(root, 'mounts')).flatMap((item) => {
    const source =
      item.kind === 'map'
        ? scalarText(nodeOf(item, 'source'))
        : /(?:^|,)(?:source|src)=([^,]{1,500})/.exec(scalarText(item) ?? '')?.[1];
    return source === undefined ? [] : [{ source, line: item.line }];
  });
  const flags = itemsOf(nodeOf(root, 'runArgs'));
  const run = flags.flatMap((item, index) => {
    const text = scalarText(item) ?? '';
    const value = /^(?:-v|--volume)$/.test(text)
      ? (scalarText(flags[index + 1]) ?? '')
      : /^(?:--volume=|-v=)(.*)$/.exec(text)?.[1];
    return value === undefined || value === '' ? [] : [{ source: value.split(':')[0] ?? '', line: item.line }];
  });
  return [...written, ...run];
}
