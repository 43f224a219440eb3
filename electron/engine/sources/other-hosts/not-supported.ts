import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Location } from '../source.ts';

const product = { product: 'other-hosts', productTitle: 'Agent hosts that are not read yet' } as const;

/**
 * Folder or file of a host by which it is known, in a project: what of it is not read yet. Path tables of rulesync
 * (2026-08-18) and agent-bom (2026-08-22), and general knowledge.
 */
const projectPlaces: readonly (readonly [host: string, path: string])[] = [
  ['Rovo Dev permissions', '.rovodev/config.yml'],
  ['Replit Agent', 'replit.md'],
  ['Pi', '.pi/settings.json'],
  ['Takt', '.takt/config.yaml'],
  ['OpenHands', '.openhands/microagents/*.md'],
  ['CodeRabbit', '.coderabbit.yaml'],
  ['Tabnine', '.tabnine/guidelines/*.md'],
  ['CodeBuddy', '.codebuddy/settings.json'],
  ['Trae', '.trae/rules/*.md'],
];

const homePlaces: typeof projectPlaces = [
  ['Rovo Dev permissions', '.rovodev/config.yml'],
  ['Kimi Code permissions', '.kimi-code/config.toml'],
  ['Pi', '.pi/agent/settings.json'],
  ['Takt', '.takt/config.yaml'],
  ['Snowflake Cortex Code permissions', '.snowflake/cortex/permissions.json'],
  ['Snowflake CLI', '.snowflake/connections.toml'],
  ['CodeBuddy', '.codebuddy/settings.json'],
  ['OpenHands', '.openhands/settings.json'],
];

const placesOf = (places: typeof projectPlaces, base: 'project' | 'home'): readonly Location[] =>
  places.map(([, path]) => ({ scope: base === 'home' ? 'user' : 'project', base, path, confidence: 'low' }));

const hostOf: ReadonlyMap<string, string> = new Map([
  ...projectPlaces.map(([host, path]) => [`project:${path}`, host] as const),
  ...homePlaces.map(([host, path]) => [`home:${path}`, host] as const),
]);

/**
 * Takes no facts. It says in the coverage that there is a host whose configuration was not read: an inventory that is
 * silent about it would look complete.
 */
export const otherHosts: FileSource = {
  kind: 'file',
  id: 'other-hosts/not-supported',
  version: 2,
  title: 'Configuration of hosts that are not read yet',
  ...product,
  locations: [...placesOf(projectPlaces, 'project'), ...placesOf(homePlaces, 'home')],
  emits: [],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const host = hostOf.get(`${file.location.base}:${file.location.path}`) ?? 'another host';
    builder.notSupported(`configuration of ${host}, which is not read yet: no facts taken`);
    return builder.done();
  },
};
