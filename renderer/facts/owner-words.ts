/** How an owner is known, in words; the ways are `ownerWays` of the contract. */
const ways: Readonly<Record<string, string>> = {
  manual: 'entered here',
  registry: 'from the register',
  list: 'from a list of owners',
  label: 'from a label',
  codeowners: 'from CODEOWNERS',
  catalog: 'from a catalogue file',
  manifest: 'from a manifest',
  'git-frequent': 'most commits to the file',
  'git-recent': 'latest commit to the file',
};

export const ownerWay = (way: string): string => ways[way] ?? (way === '' ? 'way not stated' : way);
