import type { IntrospectionPreview, IntrospectionResult } from '../../shared/contract/introspection.ts';
import { printable, type Style } from './terminal-text.ts';

const pad = (word: string): string => `  ${word.padEnd(14)}`;
const word = (text: string): string =>
  printable(text === '' || /[\s"'$]/.test(text) ? JSON.stringify(text) : text, 4000);

/** Everything that consent is about. Nothing is shortened that would be run. */
export function writeIntrospectionPreview(
  preview: IntrospectionPreview,
  style: Style,
  out: (text: string) => void,
): void {
  const { server, host, file, line, command, folder, url, environment, headers, asks, limits, problems } = preview;
  const lines = [
    style.bold(`Asking ${printable(server.name)} for its tools would do this`),
    `${pad('configured')}${printable(`${host} ${file}:${line}`, 4000)}`,
    ...(command.length === 0
      ? [`${pad('calls')}${printable(url, 4000)} (${preview.transport})`]
      : [`${pad('starts')}${command.map(word).join(' ')}`, `${pad('in')}${printable(folder, 4000)}`]),
    ...environment.map(
      ({ name, from }, index) => `${pad(index === 0 ? 'environment' : '')}${printable(`${name}  from ${from}`)}`,
    ),
    ...headers.map(
      ({ name, from }, index) => `${pad(index === 0 ? 'headers' : '')}${printable(`${name}  from ${from}`)}`,
    ),
    `${pad('asks')}${asks.join(', ')}`,
    `${pad('limits')}${limits.seconds} s, ${limits.bytes} bytes; no other environment, no sampling, no folders`,
    ...problems.map((problem) => style.warn(`${pad('problem')}${printable(problem)}`)),
    ...(preview.digest === null ? [] : [`${pad('digest')}${preview.digest}`]),
  ];
  out(`${lines.join('\n')}\n`);
}

export function writeIntrospectionResult(result: IntrospectionResult, style: Style, out: (text: string) => void): void {
  const { server, presentedName, version, tools, prompts, resources, refused, drift, milliseconds } = result;
  const number = (count: number | null): string => (count === null ? 'unknown' : String(count));
  const lines = [
    '',
    style.bold(`${printable(server.name)} answered in ${milliseconds} ms`),
    `${pad('presents as')}${printable(`${presentedName} ${version}`)}`,
    `${pad('tools')}${tools}`,
    `${pad('prompts')}${number(prompts)}`,
    `${pad('resources')}${number(resources)}`,
    ...refused.map((method) => style.warn(`${pad('asked for')}${printable(method)}, which was refused`)),
    ...(drift === null
      ? [`${pad('drift')}no list was known before`]
      : drift.length === 0
        ? [`${pad('drift')}none since the last list`]
        : drift.map(({ change, name, fields }) =>
            style.warn(
              `${pad('drift')}${printable(`${change} ${name}: ${fields.map((field) => field.name).join(', ') || 'as a whole'}`)}`,
            ),
          )),
  ];
  out(`${lines.join('\n')}\n`);
}
