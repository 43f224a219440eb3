import { create } from 'zustand';
import type { Failure } from '../../shared/result.ts';

/** The last thing that a person asked for and that failed. Stays on screen until it is dismissed or asked again. */
export type Problem = { readonly title: string; readonly message: string };

export const useProblem = create<{ readonly problem: Problem | null }>(() => ({ problem: null }));

export const reportProblem = (title: string, failure: Failure): void =>
  useProblem.setState({ problem: { title, message: failure.message } });
export const dismissProblem = (): void => useProblem.setState({ problem: null });
