import type { Properties } from '../../../../shared/model/facts.ts';
import type { EnvironmentLabel } from './label-environments.ts';
import type { StoreLabel } from './label-stores.ts';

/** Where a label is written: a place of the scan, or an imported file. */
export type LabelPlace = { readonly place: string; readonly line: number };

/** `classification` of a data store. `confidence` is low for a guess: nobody said so. */
export const storeProperty = (label: StoreLabel, from: LabelPlace | null): Properties => ({
  class: label.class,
  sensitivity: label.sensitivity,
  guess: label.guess,
  confidence: label.guess ? 'low' : 'high',
  because: label.because,
  ...(label.regulation === '' ? {} : { regulation: label.regulation }),
  ...(label.owner === '' ? {} : { owner: label.owner }),
  ...(from === null ? {} : { place: from.place, line: from.line }),
});

/** `deployedTo`: the environment of a thing. */
export const environmentProperty = (label: EnvironmentLabel, from: LabelPlace | null): Properties => ({
  name: label.name,
  regulated: label.regulated,
  guess: label.guess,
  confidence: label.guess ? 'low' : 'high',
  because: label.because,
  ...(from === null ? {} : { place: from.place, line: from.line }),
});
