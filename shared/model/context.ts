/** Order of sensitivity that an organisation's own words are mapped to; null where a word has no place in it. */
export const sensitivities = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Sensitivity = (typeof sensitivities)[number];
