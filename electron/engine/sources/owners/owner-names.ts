import type { AssetDraft, DraftEvidence } from '../source.ts';

/** An owner as one text names them. `key` is the same for the same owner in every file; `type` says what the text shows. */
export type OwnerName = {
  readonly key: string;
  readonly name: string;
  readonly type: 'team' | 'person' | 'role' | 'unknown';
};

/** `@user`, `@organisation/team`, `@@role`, an address, `group:default/team`, `user:jane`, or just a word. */
export function ownerNamed(given: string): OwnerName {
  const text = given.trim().slice(0, 200);
  if (text.startsWith('@@')) return { key: text.toLowerCase(), name: text, type: 'role' };
  if (text.startsWith('@'))
    return { key: text.toLowerCase(), name: text, type: text.includes('/') ? 'team' : 'unknown' };
  const entity = /^(group|user):(?:([^/]{1,100})\/)?(.{1,150})$/i.exec(text);
  if (entity !== null) {
    const type = entity[1]?.toLowerCase() === 'user' ? 'person' : 'team';
    const inDefault = entity[2] === undefined || entity[2].toLowerCase() === 'default';
    const name = inDefault ? (entity[3] ?? text) : `${entity[2]}/${entity[3]}`;
    return { key: name.toLowerCase(), name, type };
  }
  if (/^[^\s@]{1,100}@[^\s@]{1,150}$/.test(text)) return { key: text.toLowerCase(), name: text, type: 'person' };
  return { key: text.toLowerCase(), name: text, type: 'unknown' };
}

/** A person with a name and, mostly, an address: the address decides who it is. */
export const ownerOfPerson = (name: string, email: string): OwnerName => ({
  key: email === '' ? name.trim().toLowerCase() : email.toLowerCase(),
  name: name.trim() === '' ? email : name.trim(),
  type: 'person',
});

export const personDraft = (owner: OwnerName, evidence: readonly DraftEvidence[]): AssetDraft => ({
  kind: 'person',
  key: owner.key,
  name: owner.name,
  properties: owner.type === 'unknown' ? {} : { type: owner.type },
  concludedFrom: evidence,
});
