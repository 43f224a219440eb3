import { create } from 'zustand';
import type { Verdict } from '../../ui/verdict-words.ts';
import { type AskAddress, formatAsk, type Question } from './ask-address.ts';

/** One question that was asked in this window, with the answer it had then. */
export type Asked = {
  readonly ask: AskAddress;
  readonly agentName: string;
  /** Null where the question has many answers. */
  readonly verdict: Verdict | null;
  readonly alarm: boolean;
  /** The answers in words, where there are many. */
  readonly summary: string;
};

/** A question with the verdict that somebody wants it to have: a line of a test file. */
export type KeptQuestion = { readonly question: Question; readonly agentName: string };

const keptAnswers = 60;

type Session = { readonly asked: readonly Asked[]; readonly kept: readonly KeptQuestion[] };

/** Lives as long as the window: calls may hold what nobody wants to find on a disk. */
export const useAskSession = create<Session>(() => ({ asked: [], kept: [] }));
const { setState, getState } = useAskSession;

export const askKey = (ask: AskAddress): string => JSON.stringify(formatAsk(ask));

/** Adds a question on top; asked again, it moves up. */
export function withAsked(asked: readonly Asked[], next: Asked): readonly Asked[] {
  const key = askKey(next.ask);
  return [next, ...asked.filter((one) => askKey(one.ask) !== key)].slice(0, keptAnswers);
}

export function rememberAsked(next: Asked): void {
  const { asked } = getState();
  const [latest] = asked;
  if (
    latest !== undefined &&
    askKey(latest.ask) === askKey(next.ask) &&
    latest.verdict === next.verdict &&
    latest.summary === next.summary
  )
    return;
  setState({ asked: withAsked(asked, next) });
}

const sameQuestion = (one: Question, other: Question): boolean =>
  JSON.stringify({ ...one, id: '', expect: undefined }) === JSON.stringify({ ...other, id: '', expect: undefined });

export const isKept = (kept: readonly KeptQuestion[], question: Question): boolean =>
  kept.some((one) => sameQuestion(one.question, question));

/** Keeps a question with what is expected; the same question again changes the expectation. */
export function withKept(kept: readonly KeptQuestion[], next: KeptQuestion): readonly KeptQuestion[] {
  const others = kept.filter((one) => !sameQuestion(one.question, next.question));
  return [...others, { ...next, question: { ...next.question, id: `q${others.length + 1}` } }];
}

export const keepQuestion = (next: KeptQuestion): void => setState({ kept: withKept(getState().kept, next) });

export const dropQuestion = (question: Question): void =>
  setState({ kept: getState().kept.filter((one) => !sameQuestion(one.question, question)) });

/** Lines for `countersign can --questions FILE`. */
export const keptAsLines = (kept: readonly KeptQuestion[]): string =>
  kept.map(({ question }, index) => `${JSON.stringify({ ...question, id: `q${index + 1}` })}\n`).join('');
