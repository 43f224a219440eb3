import type { Evaluator } from './evaluator.ts';
import { claudeCodeEvaluator } from './hosts/claude-code/evaluate.ts';
import { codexEvaluator } from './hosts/codex/evaluate.ts';
import { cursorEvaluator } from './hosts/cursor/evaluate.ts';
import { geminiEvaluator } from './hosts/gemini/evaluate.ts';
import { vscodeEvaluator } from './hosts/vscode/evaluate.ts';

/** Every evaluator, one line each. */
export const evaluators: readonly Evaluator[] = [
  claudeCodeEvaluator,
  codexEvaluator,
  cursorEvaluator,
  geminiEvaluator,
  vscodeEvaluator,
];

/** The evaluator of a host under any of its names. */
export const evaluatorNamed = (name: string): Evaluator | undefined =>
  evaluators.find((one) => one.host === name || one.aliases?.includes(name) === true);
