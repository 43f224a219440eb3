import type { Project } from '../../python/resolve.ts';
import { type CallValue, optionsOf, type Value } from '../../python/values.ts';
import type { GateRule } from '../framework.ts';
import { constantText, given } from './arguments.ts';
import type { GateFound } from './gathering.ts';

/** What the approval arguments of a call say; `covers` are the tools that they speak of. */
export function gatesOf(
  project: Project,
  call: CallValue,
  rules: readonly GateRule[] | undefined,
  covers: readonly string[] | null,
): readonly GateFound[] {
  return (rules ?? []).flatMap((rule) => {
    const value = given(project, call, rule.at);
    if (value === null) {
      const absent = rule.values['absent'];
      return absent === undefined ? [] : [{ mechanism: rule.mechanism, ...absent, spot: call.spot, covers }];
    }
    return optionsOf(value).flatMap((option) => {
      const verdict = rule.values[textOf(option)] ?? (isGiven(option) ? rule.values['given'] : undefined);
      if (verdict === undefined) return [];
      const spot = 'spot' in option && option.spot.place === call.spot.place ? option.spot : call.spot;
      return [{ mechanism: rule.mechanism, ...verdict, spot, covers }];
    });
  });
}

const textOf = (value: Value): string => (constantText(value) ?? '').toLowerCase();

const isGiven = (value: Value): boolean =>
  !(value.kind === 'constant' && (value.value === null || value.value === false));
