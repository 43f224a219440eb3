import { z } from 'zod';
import { scanLimitsChangesSchema, scanLimitsSchema } from '../model/scan.ts';
import { command, event, query } from './call.ts';

/** Settings of this user on this machine, kept in one readable JSON file. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['compact', 'roomy']).default('compact'),
  /** Single-letter keys can be switched off (WCAG 2.1.4). */
  singleKeys: z.boolean().default(true),
  limits: scanLimitsSchema.prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What this host can do; a missing ability hides its button or offers another way. */
export const aboutSchema = z.strictObject({
  version: z.string(),
  host: z.enum(['desktop', 'browser', 'command-line']),
  platform: z.string(),
  /** Where settings, recent workspaces and workspaces without a place of their own lie. */
  dataFolder: z.string(),
  settingsFile: z.string(),
  home: z.string(),
  sources: z.array(z.strictObject({ id: z.string(), title: z.string(), product: z.string(), version: z.int() })),
});
export type About = z.infer<typeof aboutSchema>;

const settingsChangesSchema = z.strictObject({
  theme: settingsSchema.shape.theme.unwrap().optional(),
  density: settingsSchema.shape.density.unwrap().optional(),
  singleKeys: settingsSchema.shape.singleKeys.unwrap().optional(),
  limits: scanLimitsChangesSchema.optional(),
});

export const settingsContract = {
  'settings.get': query(z.strictObject({}), settingsSchema),
  /** Only what is given changes: the fields are taken without their defaults, or every change would reset the others. */
  'settings.set': command(settingsChangesSchema, settingsSchema),
  'settings.about': query(z.strictObject({}), aboutSchema),
} as const;

export const settingsEvents = { 'settings.changed': event(z.strictObject({})) } as const;
