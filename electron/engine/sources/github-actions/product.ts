export const product = { product: 'github-actions', productTitle: 'GitHub Actions' } as const;
export const hostId = 'github-actions';
