import type { PermissionAnswer } from '../../../shared/model/permissions.ts';
import { assertNever } from '../../../shared/kinds.ts';
import type { Impact, Verdict } from '../../ui/verdict-words.ts';
import { counted } from '../../ui/words.ts';
import type { LaunchContext } from './ask-address.ts';

export type Step = PermissionAnswer['chain'][number];

export const contextWords: { readonly [C in LaunchContext]: string } = {
  interactive: 'Interactive',
  headless: 'Headless',
  ide: 'IDE',
  cloud: 'Cloud',
  ci: 'CI',
};

export const contextMeaning: { readonly [C in LaunchContext]: string } = {
  interactive: 'a person at the terminal',
  headless: 'nobody to ask',
  ide: 'inside of an editor',
  cloud: 'a session at the vendor',
  ci: 'a job of the pipeline',
};

/** Modes that a person can choose at start, by host. Hosts without modes are not here. */
const modesByHost: Readonly<Record<string, readonly string[]>> = {
  'claude-code': ['default', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions'],
  'claude-code-action': ['default', 'acceptEdits', 'plan', 'dontAsk', 'bypassPermissions'],
  'gemini-cli': ['default', 'auto_edit', 'plan', 'yolo'],
  'vscode-copilot': ['default', 'bypassApprovals', 'autopilot'],
  continue: ['normal', 'plan', 'auto'],
  cline: ['yolo'],
  cursor: ['force'],
};

export const modesOf = (host: string): readonly string[] => modesByHost[host] ?? [];

/** "Claude Code in acme-support runs this without asking." */
export function verdictSentence(verdict: Verdict, agent: string): string {
  switch (verdict) {
    case 'allow':
      return `${agent} runs this without asking.`;
    case 'ask':
      return `${agent} asks a person before it runs this.`;
    case 'classifier':
      return `A model decides whether ${agent} runs this. No person is asked.`;
    case 'deny':
      return `${agent} does not run this.`;
    case 'hidden':
      return `${agent} is not offered the tool for this.`;
    case 'conditional':
      return `Whether ${agent} runs this depends on something that is not known.`;
    case 'unknown':
      return `It could not be told whether ${agent} runs this.`;
    default:
      return assertNever(verdict);
  }
}

/** What the catalogue says names no subject, and may be half a sentence. */
export const impactSentence = ({ says }: Impact): string => `What it does: ${says}.`;

const kindWords: Readonly<Record<string, string>> = {
  rule: 'Rule',
  mode: 'Mode',
  'built-in': 'Built in',
  default: 'Default',
  'protected-path': 'Protected path',
  'working-directory': 'Working folder',
  trust: 'Trust',
  sandbox: 'Sandbox',
  hook: 'Hook',
  'server-state': 'Server',
  'tool-list': 'Tool list',
  headless: 'Nobody to ask',
  policy: 'Policy',
  gate: 'Gate',
  malformed: 'Malformed file',
};

/** What kind of step it is, with the scope of the file: "Rule, local". */
export function stepTitle({ kind, scope }: Pick<Step, 'kind' | 'scope'>): string {
  const word = kindWords[kind] ?? kind;
  return scope === null ? word : `${word}, ${scope}`;
}

const outcomeWords: { readonly [O in Step['outcome']]: string } = {
  decided: 'decides',
  lost: 'matched, lost',
  narrowed: 'narrowed',
  'not-applied': 'not applied',
  noted: 'noted',
};

export const outcomeWord = (outcome: Step['outcome']): string => outcomeWords[outcome];

/** What the chain holds besides the step that decides. */
export function chainNote(chain: readonly Step[]): string {
  const lost = chain.filter((step) => step.outcome === 'lost' || step.outcome === 'not-applied').length;
  const steps = counted(chain.length, 'step');
  return lost === 0 ? `${steps}, in the order of the host` : `${steps}, ${counted(lost, 'rule')} matched and lost`;
}

/** Where something stands, or that no file holds it. */
export const placeText = ({ file, line }: Pick<Step, 'file' | 'line'>): string =>
  file === null ? 'in no file' : line === null ? file : `${file}:${line}`;

/** Assumptions about what could not be seen read as questions; what was only taken as given does not. */
export const isOpenAssumption = (text: string): boolean =>
  /no record|may change|not known|cannot be|could not|taken as|its own database/i.test(text);

export function answerAsMarkdown(
  question: { readonly agent: string; readonly call: string; readonly context: string },
  answer: PermissionAnswer,
  impact: Impact,
): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return [
    `**${question.agent}**, ${question.context}: \`${question.call}\``,
    '',
    `Verdict: **${answer.verdict}**. ${verdictSentence(answer.verdict, question.agent)} ${impactSentence(impact)}`,
    '',
    '| step | rule | place | outcome |',
    '| --- | --- | --- | --- |',
    ...answer.chain.map(
      (step) =>
        `| ${stepTitle(step)} | ${cell(step.rule)} | ${cell(placeText(step))} | ${outcomeWord(step.outcome)}${step.why === '' ? '' : `: ${cell(step.why)}`} |`,
    ),
    ...(answer.inert.length === 0
      ? []
      : [
          '',
          'Without effect:',
          '',
          ...answer.inert.map((rule) => `- \`${rule.rule}\` (${placeText(rule)}): ${rule.why}`),
        ]),
    ...(answer.assumptions.length === 0
      ? []
      : ['', 'Taken as given:', '', ...answer.assumptions.map((one) => `- ${one}`)]),
    '',
  ].join('\n');
}
