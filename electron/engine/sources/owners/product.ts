export const ownersProduct = { product: 'owners', productTitle: 'Owners' } as const;
