import type { MatrixCell } from '../../shared/contract/permissions.ts';

export type Verdict = MatrixCell['verdict'];
export type Impact = MatrixCell['impact'];

const words: { readonly [V in Verdict]: string } = {
  allow: 'Allow',
  ask: 'Ask',
  classifier: 'Classifier',
  deny: 'Deny',
  hidden: 'Hidden',
  conditional: 'Conditional',
  unknown: 'Unknown',
};

const explanations: { readonly [V in Verdict]: string } = {
  allow: 'It runs; no person is asked.',
  ask: 'A person is asked first.',
  classifier: 'A model decides; no person is asked.',
  deny: 'It is refused.',
  hidden: 'The tool is not even offered.',
  conditional: 'It depends on something that is not known.',
  unknown: 'It could not be told.',
};

export const verdictExplanation = (verdict: Verdict): string => explanations[verdict];

/** What the alarm is spent on: something destructive or outgoing happens and no person sees it first. */
export const isSilentAlarm = (verdict: Verdict, impact: Impact['impact'], sends = false): boolean =>
  verdict === 'allow' && (impact === 'destructive' || sends);

export const verdictWord = (verdict: Verdict, alarm = false): string =>
  alarm ? `${words[verdict]}, silent` : words[verdict];

const reversibleWords: { readonly [R in Impact['reversible']]: string } = {
  'not-needed': 'changes nothing',
  yes: 'can be undone',
  partly: 'can be undone in part',
  no: 'cannot be undone',
  unknown: 'not known whether it can be undone',
};

export const reversibleWord = (reversible: Impact['reversible']): string => reversibleWords[reversible];

const impactWords: { readonly [I in Impact['impact']]: string } = {
  informational: 'Informational',
  operational: 'Operational',
  destructive: 'Destructive',
};

/** "Destructive, cannot be undone". */
export const impactLine = ({ impact, reversible }: Impact): string =>
  `${impactWords[impact]}, ${reversibleWords[reversible]}`;

const fromWords: { readonly [F in Impact['from']]: string } = {
  catalogue: 'from the catalogue of commands',
  annotation: 'as the server itself says of the tool',
  name: 'guessed from its name',
  unknown: 'not in the catalogue',
};

/** Where the judgement of the impact comes from. */
export const impactFromWord = (from: Impact['from']): string => fromWords[from];
