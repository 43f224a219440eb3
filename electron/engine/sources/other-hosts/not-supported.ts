import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Location } from '../source.ts';

const product = { product: 'other-hosts', productTitle: 'Agent hosts that are not read yet' } as const;

/** Folder or file of a host by which it is known, in a project. Reference: agent hosts, sections 7 to 13 (2026-11-20). */
const projectPlaces: readonly (readonly [host: string, path: string])[] = [
  ['OpenCode', 'opencode.json'],
  ['OpenCode', 'opencode.jsonc'],
  ['OpenCode', '.opencode/agents/*.md'],
  ['OpenCode', '.opencode/agent/*.md'],
  ['Windsurf', '.windsurfrules'],
  ['Windsurf', '.windsurf/rules/*.md'],
  ['Devin', '.devin/mcp_config.json'],
  ['Cline', '.clinerules'],
  ['Cline', '.clinerules/*.md'],
  ['Roo Code', '.roo/mcp.json'],
  ['Roo Code', '.roomodes'],
  ['Continue', '.continue/mcpServers/*.yaml'],
  ['Amazon Q', '.amazonq/mcp.json'],
  ['Amazon Q', '.amazonq/cli-agents/*.json'],
  ['Kiro', '.kiro/settings/mcp.json'],
  ['Kiro', '.kiro/agents/*.json'],
  ['Kiro', '.kiro/steering/*.md'],
  ['Zed', '.zed/settings.json'],
  ['Junie', '.junie/mcp/mcp.json'],
  ['Junie', '.junie/guidelines.md'],
  ['Amp', '.amp/settings.json'],
  ['Factory', '.factory/settings.json'],
  ['Factory', '.factory/mcp.json'],
  ['Aider', '.aider.conf.yml'],
];

const homePlaces: typeof projectPlaces = [
  ['OpenCode', '.config/opencode/opencode.json'],
  ['OpenCode', '.config/opencode/opencode.jsonc'],
  ['Windsurf', '.codeium/windsurf/mcp_config.json'],
  ['Devin', '.config/devin/config.json'],
  ['Devin', '.config/devin/mcp_config.json'],
  ['Cline', '.cline/mcp.json'],
  ['Continue', '.continue/config.yaml'],
  ['Amazon Q', '.aws/amazonq/mcp.json'],
  ['Kiro', '.kiro/settings/mcp.json'],
  ['Zed', '.config/zed/settings.json'],
  ['Junie', '.junie/mcp/mcp.json'],
  ['Amp', '.config/amp/settings.json'],
  ['Factory', '.factory/mcp.json'],
  ['Goose', '.config/goose/config.yaml'],
  ['OpenClaw', '.openclaw/openclaw.json'],
  ['LM Studio', '.lmstudio/mcp.json'],
  ['Aider', '.aider.conf.yml'],
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
  version: 1,
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
