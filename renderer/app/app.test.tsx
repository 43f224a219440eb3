import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallName } from '../../shared/contract/index.ts';
import { settingsSchema } from '../../shared/contract/settings.ts';
import { fail, ok } from '../../shared/result.ts';
import { closeKeySheet, closePalette } from '../actions/action-store.ts';
import { dismissProblem } from '../actions/problem.ts';
import { createClient } from '../client/client.ts';
import { App } from './app.tsx';

const workspace = {
  path: '/w/acme.countersign',
  name: 'acme',
  readOnly: false,
  sample: false,
  createdAt: 1,
  schemaVersion: 1,
  sizeBytes: 1,
  latestScan: 1,
};
const scan = {
  number: 1,
  status: 'complete',
  startedAt: 1,
  endedAt: 2,
  roots: ['/src/acme-support'],
  home: null,
  fsRoot: null,
  files: 40,
  filesRead: 3,
  folders: 9,
  assets: 0,
  relations: 0,
  issues: 0,
  couldNotTell: 0,
  tool: 'test',
};
const noAssets = {
  scan: 1,
  count: 0,
  ids: '',
  names: '',
  kinds: new Uint8Array(),
  origins: new Uint8Array(),
  confidences: new Uint8Array(),
  dynamic: new Uint8Array(),
  hosts: '',
  repositories: '',
  places: '',
  sources: '',
  notes: '',
};

type Answers = { readonly [N in CallName]?: unknown };

const empty: Answers = {
  'settings.get': settingsSchema.parse({}),
  'workspaces.current': null,
  'workspaces.recent': [],
  'scans.list': [],
  'scans.running': null,
  'views.list': [],
};
const scanned: Answers = {
  ...empty,
  'workspaces.current': workspace,
  'scans.list': [scan],
  'scans.coverageBoard': [],
  'scans.issues': [],
  'assets.columns': noAssets,
};

/** The window over an engine that knows these answers and fails at everything else. */
async function open(answers: Answers, address = '/'): Promise<{ readonly asked: string[] }> {
  window.history.replaceState(null, '', address);
  const asked: string[] = [];
  const client = createClient(
    {
      call: async (name) => {
        asked.push(name);
        return Object.hasOwn(answers, name) ? ok(answers[name as CallName]) : fail('unavailable', 'disk error');
      },
      subscribe: () => () => {},
    },
    { host: 'browser' },
  );
  await act(async () => {
    render(<App client={client} />);
  });
  await settle();
  return { asked };
}

const settle = (): Promise<void> =>
  act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
  });
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
  await settle();
};

beforeEach(() => {
  window.localStorage.clear();
  // jsdom lays nothing out and has no scrolling.
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  cleanup();
  closePalette();
  closeKeySheet();
  dismissProblem();
});

describe('window', () => {
  it('shows the start screen and no navigation while no workspace is open', async () => {
    await open(empty, '/inventory?kind=agent');
    expect(screen.getByRole('heading', { name: 'Countersign' })).toBeDefined();
    expect(screen.queryByRole('navigation', { name: 'Screens' })).toBeNull();
    expect(window.location.search).toBe('?kind=agent');
  });

  it('goes on at the overview when a workspace is open', async () => {
    await open(scanned);
    expect(window.location.pathname).toBe('/overview');
    expect(document.title).toBe('Overview: acme - Countersign');
  });

  it('lists only screens that exist', async () => {
    await open(scanned);
    const links = screen.getByRole('navigation', { name: 'Screens' }).querySelectorAll('a');
    expect([...links].map((link) => link.getAttribute('href'))).toEqual([
      '/overview',
      '/scan',
      '/coverage',
      '/changes',
      '/inventory',
      '/graph',
      '/ask',
      '/findings',
      '/registry',
      '/settings',
    ]);
  });

  it('goes to screens by chord, but never from a field', async () => {
    await open(scanned);
    await press('g', 's');
    expect(window.location.pathname).toBe('/scan');
    await press('g', 'i');
    expect(window.location.pathname).toBe('/inventory');
    const field = screen.getByRole('textbox', { name: /Filter by name/ });
    fireEvent.keyDown(field, { key: 'g' });
    fireEvent.keyDown(field, { key: 's' });
    expect(window.location.pathname).toBe('/inventory');
  });

  it('leaves single letters alone when they are switched off', async () => {
    await open({ ...scanned, 'settings.get': settingsSchema.parse({ singleKeys: false }) });
    await press('g', 's');
    expect(window.location.pathname).toBe('/overview');
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    await settle();
    expect(screen.getByRole('combobox', { name: 'Search or run a command' })).toBeDefined();
  });

  it('runs a command from the palette', async () => {
    await open(scanned);
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    await settle();
    const field = screen.getByRole('combobox', { name: 'Search or run a command' });
    fireEvent.change(field, { target: { value: '>open sett' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await settle();
    expect(window.location.pathname).toBe('/settings');
  });

  it('prints every key from the definition that runs it', async () => {
    await open(scanned);
    await press('?');
    const sheet = screen.getByRole('dialog', { name: 'Keys' });
    expect(sheet.textContent).toContain('RescanR');
    expect(sheet.textContent).toContain('Open InventoryGI');
  });

  it('says that a rescan could not start, and keeps saying it', async () => {
    await open(scanned);
    await press('r');
    expect(screen.getByRole('alert').textContent).toContain('The scan did not start.');
    expect(screen.getByRole('alert').textContent).toContain('disk error');
  });

  it('shows what the address asks for as not there', async () => {
    await open(scanned, '/approvals');
    expect(screen.getByText('There is no screen at this address.')).toBeDefined();
  });
});

describe('unknown is not a pass', () => {
  it('does not call an overview clean whose questions got no answer', async () => {
    await open({ ...empty, 'workspaces.current': workspace, 'scans.list': [scan] }, '/overview');
    expect(screen.queryByText(/Nothing waits/)).toBeNull();
    expect(screen.getByText(/Not everything is known yet/)).toBeDefined();
    expect(screen.getAllByRole('alert').length).toBeGreaterThanOrEqual(2);
  });

  it('tells a workspace without a scan from one in which nothing was found', async () => {
    await open({ ...empty, 'workspaces.current': workspace }, '/inventory');
    expect(screen.getByText('Nothing was scanned into this workspace yet.')).toBeDefined();
    cleanup();
    await open(scanned, '/inventory');
    expect(screen.getByText('No agents and nothing of theirs in acme-support.')).toBeDefined();
  });
});
