import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress, screens, withSearch } from './routes.ts';

describe('routes', () => {
  it('reads every address that it writes', () => {
    for (const screen of screens) expect(parseAddress(formatAddress(screen))?.screen).toBe(screen);
  });

  it('keeps repeated parameters and leaves empty ones out', () => {
    const search = new URLSearchParams([
      ['kind', 'agent'],
      ['kind', 'tool'],
      ['host', ''],
    ]);
    expect(formatAddress('inventory', search)).toBe('/inventory?kind=agent&kind=tool&host=');
    expect(formatAddress('inventory', { asset: null, q: '' })).toBe('/inventory');
  });

  it('knows no screen for other paths', () => {
    expect(parseAddress('/approvals')).toBeNull();
    expect(parseAddress('/overview/')?.screen).toBe('overview');
  });

  it('changes single parameters', () => {
    const address = parseAddress('/inventory?kind=agent&asset=a');
    expect(address && withSearch(address, { asset: 'b', q: 'x' })).toBe('/inventory?kind=agent&asset=b&q=x');
    expect(address && withSearch(address, { asset: null })).toBe('/inventory?kind=agent');
  });
});
