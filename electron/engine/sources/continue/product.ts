import type { Host } from '../host/host-agent.ts';

/**
 * Places and keys read in @continuedev/cli 1.5.47 (its source) and in Continue's configuration reference (2026-06-18).
 * `CONTINUE_GLOBAL_DIR` moves the folder.
 */
export const continueHost: Host = {
  id: 'continue',
  title: 'Continue',
  transcripts: [{ place: '~/.continue/sessions/*.json', confidence: 'high' }],
};
export const product = { product: 'continue', productTitle: 'Continue' } as const;
