import type { z } from 'zod';
import { assetsContract } from './assets.ts';
import { changesContract } from './changes.ts';
import { findingsContract } from './findings.ts';
import { importsContract } from './imports.ts';
import { introspectionContract } from './introspection.ts';
import { inventoryContract } from './inventory.ts';
import { permissionsContract } from './permissions.ts';
import { recordsContract, recordsEvents } from './records.ts';
import { registryContract } from './registry.ts';
import { scansContract, scansEvents } from './scans.ts';
import { settingsContract, settingsEvents } from './settings.ts';
import { viewsContract, viewsEvents } from './views.ts';
import { workspacesContract, workspacesEvents } from './workspaces.ts';

/** Every call of the engine, for every host. The only gathering point of the contract. */
export const contract = {
  ...workspacesContract,
  ...scansContract,
  ...assetsContract,
  ...viewsContract,
  ...settingsContract,
  ...recordsContract,
  ...importsContract,
  ...registryContract,
  ...inventoryContract,
  ...changesContract,
  ...introspectionContract,
  ...permissionsContract,
  ...findingsContract,
} as const;
export type Contract = typeof contract;
export type CallName = keyof Contract;
export type Input<N extends CallName> = z.input<Contract[N]['input']>;
export type ParsedInput<N extends CallName> = z.output<Contract[N]['input']>;
export type Output<N extends CallName> = z.output<Contract[N]['output']>;

export const events = {
  ...workspacesEvents,
  ...scansEvents,
  ...viewsEvents,
  ...settingsEvents,
  ...recordsEvents,
} as const;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.output<Events[N]['payload']>;

export const isCallName = (name: string): name is CallName => Object.hasOwn(contract, name);
export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);
