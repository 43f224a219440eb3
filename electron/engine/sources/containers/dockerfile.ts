import type { Properties } from '../../../../shared/model/facts.ts';
import { confidenceOf } from '../host/location.ts';
import { imageFacts, roleOfContainer } from '../infrastructure/containers.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { codeOf } from './compose.ts';

/** Packages that bring an agent host into an image (vendors' installation pages, 2026). */
const installs: readonly (readonly [RegExp, string])[] = [
  [/@anthropic-ai\/claude-code\b|claude\.ai\/install/, 'Claude Code'],
  [/@openai\/codex\b/, 'Codex CLI'],
  [/@google\/gemini-cli\b/, 'Gemini CLI'],
  [/@github\/copilot\b/, 'GitHub Copilot CLI'],
  [/opencode-ai\b|opencode\.ai\/install/, 'OpenCode'],
  [/cursor\.com\/install/, 'Cursor Agent'],
  [/@qwen-code\/qwen-code\b/, 'Qwen Code'],
  [/\bgoose\/releases\b.*download_cli|block\/goose/, 'Goose'],
  [/@sourcegraph\/amp\b|ampcode\.com\/install/, 'Amp'],
  [/\baider-(?:chat|install)\b/, 'Aider'],
];

/** Images whose entry is an agent or a server, or that hold an agent host ("Dockerfile reference", 2026). */
export const dockerfiles: FileSource = {
  kind: 'file',
  id: 'containers/dockerfile',
  version: 1,
  title: 'Agents and MCP servers in Dockerfiles',
  product: 'containers',
  productTitle: 'Containers',
  locations: ['Dockerfile', 'Dockerfile.*', '*.Dockerfile', '*.dockerfile', 'Containerfile'].map((path) => ({
    scope: 'project' as const,
    base: 'project' as const,
    path,
    confidence: 'high' as const,
  })),
  emits: ['workload', 'credential'],
  read,
};

type Instruction = { readonly name: string; readonly text: string; readonly line: number; readonly endLine: number };

const mostInstructions = 2000;

/** Instructions with their continuations; heredocs are left to the instruction that opens them. */
function instructionsOf(text: string): readonly Instruction[] {
  const lines = text.split('\n');
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length && found.length < mostInstructions; index++) {
    const match = /^\s*([A-Za-z]+)\s+(.*)$/.exec((lines[index] ?? '').slice(0, 20_000));
    if (match === null) continue;
    const line = index + 1;
    let body = match[2] ?? '';
    while (/\\\s*$/.test(body) && index + 1 < lines.length && body.length < 50_000) {
      index++;
      const next = (lines[index] ?? '').slice(0, 20_000);
      body = /^\s*#/.test(next) ? body : `${body.replace(/\\\s*$/, ' ')}${next.trim()}`;
    }
    found.push({ name: (match[1] ?? '').toUpperCase(), text: body.trim(), line, endLine: index + 1 });
  }
  return found;
}

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const all = instructionsOf(file.text);
  const stages = all.flatMap((one, index) => (one.name === 'FROM' ? [index] : []));
  const lastStage = stages.at(-1);
  if (lastStage === undefined) return builder.done();
  // What the image is, its last stage says; the tools of a stage before do not come along.
  const final = all.slice(lastStage);
  const from = final[0];
  const last = (name: string): Instruction | undefined => final.filter((one) => one.name === name).at(-1);
  const entry = last('ENTRYPOINT');
  const start = last('CMD');
  const command = [entry, start]
    .map((one) => (one === undefined ? '' : execWords(one.text)))
    .join(' ')
    .trim();
  const image = (from?.text ?? '').replace(/^--platform=\S+\s+/, '').split(/\s+/)[0] ?? '';
  const hosts = final.flatMap((one) =>
    one.name === 'RUN'
      ? installs.flatMap(([shape, title]) => (shape.test(one.text) ? [{ title, line: one.line }] : []))
      : [],
  );
  const variables = final.flatMap((one) => (one.name === 'ENV' || one.name === 'ARG' ? variablesOf(one) : []));
  const role = roleOfContainer({ name: '', image, command, environment: [] });
  if ((role === null || role.runs === 'model') && hosts.length === 0) return builder.done();
  const line = entry ?? start ?? from;
  if (line === undefined) return builder.done();
  const name = file.anchorName === '' ? 'image' : file.anchorName;
  const ref = builder.asset({
    ...placedRef('workload', file),
    name: `image of ${name}`,
    properties: {
      kind: 'image',
      runs: role?.runs ?? 'agent-host',
      because: role?.because ?? `holds ${hosts.map((host) => host.title).join(', ')}`,
      certain: role?.certain ?? true,
      runtimeName: name,
      codeFolder: file.anchor,
      base: imageFacts(image.includes('$') ? null : image),
      ...(command === '' ? {} : { command: maskText(command.slice(0, 500)), ...codeOf(command, file.anchor) }),
      agentHosts: hosts,
      user: last('USER')?.text.slice(0, 100) ?? 'root (no USER)',
      ports: final
        .filter((one) => one.name === 'EXPOSE')
        .flatMap((one) =>
          one.text.split(/\s+/).map((port): Properties => ({ container: port.slice(0, 20), line: one.line })),
        ),
      environment: variables.map((one) => ({ name: one.name, line: one.line })),
    },
    lines: { line: line.line, endLine: line.endLine },
    confidence: role?.certain === false ? 'low' : confidenceOf(file),
  });
  for (const one of variables) {
    const judged = classifyValue(one.name, one.value);
    if (judged.kind !== 'literal-secret' && !(isCredentialName(one.name) && judged.kind === 'reference')) continue;
    const secret = judged.kind === 'literal-secret' ? judged.secret : null;
    if (secret !== null) builder.issue(one.line, `${one.name.slice(0, 100)} is written out: it stays in the image`);
    const span = { line: one.line, endLine: one.line };
    const to = credentialDraft(
      builder,
      file,
      {
        ref: credentialRef(one.name),
        name: one.name,
        form: secret === null ? 'reference' : 'literal',
        secretKind: secret,
        ...span,
      },
      'dockerfile',
    );
    builder.relation({ kind: 'authenticates-with', from: ref, to, properties: { variable: one.name }, lines: span });
  }
  return builder.done();
}

/** `["python", "-m", "x"]` and `python -m x` are one command. */
function execWords(text: string): string {
  const exec = /^\[(.*)\]$/s.exec(text);
  if (exec === null) return text;
  return [...(exec[1] ?? '').matchAll(/"((?:[^"\\]|\\.){0,2000})"/g)].map((match) => match[1] ?? '').join(' ');
}

const variablesOf = (
  one: Instruction,
): readonly { readonly name: string; readonly value: string; readonly line: number }[] => {
  const pairs = [
    ...one.text.matchAll(/([A-Za-z_][A-Za-z0-9_]{0,127})=("(?:[^"\\]|\\.){0,5000}"|'[^']{0,5000}'|\S{0,5000})/g),
  ].map((match) => ({ name: match[1] ?? '', value: (match[2] ?? '').replace(/^["']|["']$/g, ''), line: one.line }));
  if (pairs.length > 0) return pairs;
  const old = /^([A-Za-z_][A-Za-z0-9_]{0,127})\s+(.+)$/.exec(one.text);
  return old === null || one.name === 'ARG' ? [] : [{ name: old[1] ?? '', value: old[2] ?? '', line: one.line }];
};
