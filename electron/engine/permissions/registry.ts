import type { Evaluator } from './evaluator.ts';
import { claudeCodeEvaluator } from './hosts/claude-code/evaluate.ts';

/** Every evaluator, one line each. */
export const evaluators: readonly Evaluator[] = [claudeCodeEvaluator];
