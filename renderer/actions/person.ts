import { create } from 'zustand';
import { readStored, writeStored } from '../ui/stored.ts';

/** Name that this person signs records with: this product has no accounts. Kept on this machine, '' until it was given. */
export const usePerson = create<{ readonly name: string }>(() => ({ name: readStored('person') ?? '' }));

export function setPerson(name: string): void {
  usePerson.setState({ name });
  writeStored('person', name);
}
