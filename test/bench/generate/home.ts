import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Random, seeded } from './random.ts';

/** What a generated home holds, counted while it was written. Paths are relative to the home. */
export type HomeTruth = {
  readonly files: number;
  readonly folders: number;
  /** Files that agent hosts would read, by what they are. */
  readonly configs: Readonly<Record<ConfigName, readonly string[]>>;
  /** Python files outside installed packages and version control. */
  readonly python: number;
  /** Names of the MCP servers in all configuration files, sorted. */
  readonly servers: readonly string[];
};

export type HomeSize = { readonly files: number; readonly folders: number; readonly configs: number };

/** Changes when the same seed would give other files. */
export const homeVersion = 1;

type ConfigName =
  | 'mcp'
  | 'instructions'
  | 'agents'
  | 'cursor'
  | 'vscode'
  | 'settings'
  | 'agent'
  | 'skill'
  | 'codex'
  | 'compose';

const filler = 'abcdefghij klmnopqrst uvwxyz 0123456789 {}();=\n'.repeat(100);
const endings = ['ts', 'py', 'js', 'md', 'json', 'go', 'txt', 'png', 'css', 'html', 'map', 'd.ts'];
const serversIn = 6;

function mcp(random: Random, key: string): string {
  const count = random.between(1, serversIn);
  const servers = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `server-${index}`,
      {
        command: 'npx',
        args: ['-y', `@acme/server-${index}@1.${index}.0`],
        env: { [`ACME_KEY_${index}`]: `\${ACME_KEY_${index}}` },
      },
    ]),
  );
  return JSON.stringify({ [key]: servers }, null, 2);
}

const configs: readonly {
  readonly name: ConfigName;
  readonly path: string;
  readonly text: (random: Random) => string;
}[] = [
  { name: 'mcp', path: '.mcp.json', text: (random) => mcp(random, 'mcpServers') },
  {
    name: 'instructions',
    path: 'CLAUDE.md',
    text: (random) => `# Rules\n${filler.slice(0, random.between(200, 3000))}`,
  },
  { name: 'agents', path: 'AGENTS.md', text: (random) => `# Agents\n${filler.slice(0, random.between(200, 3000))}` },
  { name: 'cursor', path: '.cursor/mcp.json', text: (random) => mcp(random, 'mcpServers') },
  {
    name: 'vscode',
    path: '.vscode/mcp.json',
    text: (random) => `// servers of this workspace\n${mcp(random, 'servers')}`,
  },
  {
    name: 'settings',
    path: '.claude/settings.json',
    text: () =>
      JSON.stringify(
        {
          permissions: { allow: ['Bash(npm run *)', 'Read(**)'], deny: ['Read(.env)'] },
          hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: './check.sh' }] }] },
        },
        null,
        1,
      ),
  },
  {
    name: 'agent',
    path: '.claude/agents/reviewer.md',
    text: () =>
      `---\nname: reviewer\ndescription: reviews\ntools: Read, Grep\nmodel: sonnet\n---\nYou review.\n${filler.slice(0, 800)}`,
  },
  {
    name: 'skill',
    path: '.claude/skills/deploy/SKILL.md',
    text: () => `---\nname: deploy\ndescription: deploys\n---\n${filler.slice(0, 1200)}`,
  },
  {
    name: 'codex',
    path: '.codex/config.toml',
    text: () => 'model = "gpt-5"\n[mcp_servers.builder]\ncommand = "uvx"\nargs = ["builder"]\n',
  },
  { name: 'compose', path: 'docker-compose.yml', text: () => 'services:\n  app:\n    image: acme/app:1\n' },
];

/**
 * A home of many checkouts, as people have them: twelve folders each, one of them version control, every fifth with
 * installed packages, some with configuration of agent hosts, everywhere files that nobody asks for.
 */
export function generateHome(home: string, size: HomeSize, seed: number): HomeTruth {
  const random = seeded(seed);
  const made = new Set<string>();
  const make = (path: string): void => {
    if (made.has(path)) return;
    mkdirSync(join(home, path), { recursive: true });
    for (let folder = path; folder !== '.' && !made.has(folder); folder = dirname(folder)) made.add(folder);
  };
  const projects = Math.max(1, Math.round(size.folders / 12));
  const projectPath = (project: number): string => join(`g${project % 40}`, `project-${project}`);
  const folders: string[] = [];
  for (let project = 0; project < projects; project++) {
    const mine = [projectPath(project)];
    const count = random.between(6, 18);
    for (let index = 0; index < count && folders.length + mine.length < size.folders; index++) {
      const name = index === 0 ? '.git' : index === 1 && project % 5 === 0 ? 'node_modules' : `d${index}`;
      // The first two lie at the top of the checkout, where such folders are.
      mine.push(join(index < 2 ? (mine[0] as string) : random.one(mine), name));
    }
    for (const path of mine) make(path);
    folders.push(...mine);
  }
  for (let index = folders.length; index < size.folders; index++) {
    const path = join(random.one(folders), `x${index}`);
    make(path);
    folders.push(path);
  }

  let files = 0;
  const put = (path: string, text: string): void => {
    writeFileSync(join(home, path), text);
    files++;
  };
  const wanted = new Map<ConfigName, Set<string>>(configs.map(({ name }) => [name, new Set()]));
  const servers = new Set<string>();
  const texts = new Map<string, string>();
  for (let index = 0; index < size.configs; index++) {
    const config = configs[index % configs.length] as (typeof configs)[number];
    const path = join(projectPath(random.between(0, projects)), config.path);
    texts.set(path, config.text(random));
    wanted.get(config.name)?.add(path);
  }
  for (const [path, text] of texts) {
    make(dirname(path));
    put(path, text);
    for (const [, json, toml] of text.matchAll(/"(server-\d)"|\[mcp_servers\.(\w+)\]/g))
      servers.add(json ?? toml ?? '');
  }
  for (let project = 0; project < projects; project++)
    put(join(projectPath(project), '.gitignore'), 'node_modules/\ndist/\n*.map\n');

  let python = 0;
  for (let index = files; index < size.files; index++) {
    const folder = random.one(folders);
    const ending = endings[index % endings.length] as string;
    put(join(folder, `f${index}.${ending}`), filler.slice(0, random.between(100, 4000)));
    if (ending === 'py' && !/(^|[/\\])(node_modules|\.git)([/\\]|$)/.test(folder)) python++;
  }
  return {
    files,
    folders: made.size,
    configs: Object.fromEntries(
      [...wanted].map(([name, paths]) => [name, [...paths].sort()]),
    ) as unknown as HomeTruth['configs'],
    python,
    servers: [...servers].sort(),
  };
}
