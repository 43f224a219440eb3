import type { Rule } from './rule.ts';
import { bypassMode } from './rules/bypass-mode.ts';
import { inertRule } from './rules/inert-rule.ts';
import { silentDestructive } from './rules/silent-destructive.ts';

/** Every rule, one line each. */
export const rules: readonly Rule[] = [bypassMode, inertRule, silentDestructive];
