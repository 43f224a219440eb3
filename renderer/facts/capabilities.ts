import { type CapabilityClass, capabilityClasses } from '../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../shared/model/facts.ts';
import { isObject } from './property-words.ts';

/** One capability class of a tool and where it is shown. `place` null: nothing in a file, only a name or a hint. */
export type Capability = {
  readonly class: CapabilityClass;
  readonly because: string;
  readonly confidence: string;
  readonly guess: boolean;
  readonly place: { readonly file: string; readonly line: number } | null;
};

export function capabilitiesOf(properties: Properties): readonly Capability[] {
  const { capabilities } = properties;
  if (!Array.isArray(capabilities)) return [];
  return capabilities.flatMap((item: JsonValue): Capability[] => {
    const entry: Properties = typeof item === 'string' ? { class: item } : isObject(item) ? item : {};
    const name = capabilityClasses.find((known) => known === entry['class']);
    if (name === undefined) return [];
    const { place, line, because, confidence, guess } = entry;
    return [
      {
        class: name,
        because: typeof because === 'string' ? because : '',
        confidence: typeof confidence === 'string' ? confidence : '',
        guess: guess === true,
        place: typeof place === 'string' && typeof line === 'number' ? { file: place, line } : null,
      },
    ];
  });
}

const capabilityWords: { readonly [C in CapabilityClass]: string } = {
  'reads-untrusted': 'reads untrusted content',
  'reads-private': 'reads private data',
  'sends-outside': 'sends outside',
  writes: 'writes',
  deletes: 'deletes',
  'executes-code': 'executes code',
  'spends-money': 'spends money',
  'changes-own-configuration': 'changes its own configuration',
  delegates: 'delegates',
};
export const capabilityWord = (name: CapabilityClass): string => capabilityWords[name];
