import type { Evaluator } from './evaluator.ts';
import { amazonQEvaluator, kiroEvaluator } from './hosts/amazon-q/evaluate.ts';
import { claudeCodeEvaluator } from './hosts/claude-code/evaluate.ts';
import { clineEvaluator, kiloEvaluator, rooEvaluator } from './hosts/cline/evaluate.ts';
import { codeAgentEvaluator } from './hosts/code-agents/evaluate.ts';
import { codexEvaluator } from './hosts/codex/evaluate.ts';
import { continueEvaluator } from './hosts/continue/evaluate.ts';
import { cursorEvaluator } from './hosts/cursor/evaluate.ts';
import { devinEvaluator } from './hosts/devin/evaluate.ts';
import { geminiEvaluator } from './hosts/gemini/evaluate.ts';
import {
  agenticWorkflowEvaluator,
  claudeCodeActionEvaluator,
  codexActionEvaluator,
  geminiActionEvaluator,
  openCodeActionEvaluator,
} from './hosts/github-actions/evaluate.ts';
import { openCodeEvaluator } from './hosts/opencode/evaluate.ts';
import { vscodeEvaluator } from './hosts/vscode/evaluate.ts';
import { zedEvaluator } from './hosts/zed/evaluate.ts';

/** Every evaluator, one line each. */
export const evaluators: readonly Evaluator[] = [
  agenticWorkflowEvaluator,
  amazonQEvaluator,
  claudeCodeActionEvaluator,
  claudeCodeEvaluator,
  clineEvaluator,
  codeAgentEvaluator,
  codexActionEvaluator,
  codexEvaluator,
  continueEvaluator,
  cursorEvaluator,
  devinEvaluator,
  geminiActionEvaluator,
  geminiEvaluator,
  kiloEvaluator,
  kiroEvaluator,
  openCodeActionEvaluator,
  openCodeEvaluator,
  rooEvaluator,
  vscodeEvaluator,
  zedEvaluator,
];

/** The evaluator of a host under any of its names. */
export const evaluatorNamed = (name: string): Evaluator | undefined =>
  evaluators.find((one) => one.host === name || one.aliases?.includes(name) === true);
