export const product = { product: 'mcp-caches', productTitle: 'Tool lists that hosts keep' } as const;

/** What one file of a cache says: about a server as a whole, its instructions, or one tool. */
export type CachedPart = 'server' | 'instructions' | 'tool';
