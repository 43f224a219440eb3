import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Place, runCommand } from '../e2e/browser.ts';

/** Workspaces that the screens are looked at with. All are scanned for real. */
export type EstateName = 'demo' | 'governed' | 'rescanned' | 'empty' | 'broken' | 'large';

/** Scans an estate into a workspace file and resolves with its path. */
export async function makeEstate(place: Place, name: EstateName): Promise<string> {
  const workspace = join(place.folder, `${name}.countersign`);
  if (name === 'demo') {
    await run(place, ['demo', '--workspace', workspace, '--quiet']);
    return workspace;
  }
  if (name === 'governed') {
    await run(place, ['demo', '--workspace', workspace, '--quiet']);
    const lists = writeLists(join(place.folder, 'governed-lists'));
    await run(place, ['import', ...lists, '--workspace', workspace, '--by', 'Ada Moreno']);
    return workspace;
  }
  const folder = join(place.folder, `${name}-estate`);
  mkdirSync(folder, { recursive: true });
  const home = join(place.folder, `${name}-home`);
  mkdirSync(home, { recursive: true });
  switch (name) {
    case 'empty':
      writeFileSync(join(folder, 'README.md'), '# Nothing here\n');
      await run(place, ['scan', folder, '--workspace', workspace, '--quiet']);
      break;
    case 'broken':
      writeBroken(folder);
      await run(place, ['scan', folder, '--home', home, '--workspace', workspace, '--quiet', '--allow-incomplete']);
      break;
    case 'rescanned':
      writeProject(folder, 'storefront', 0);
      writeSharedServer(join(folder, 'storefront'));
      await run(place, ['scan', folder, '--home', home, '--workspace', workspace, '--quiet']);
      writeProject(folder, 'payments', 3);
      writeFileSync(join(folder, 'storefront', '.mcp.json'), servers(1, 9));
      await run(place, ['scan', folder, '--home', home, '--workspace', workspace, '--quiet']);
      break;
    case 'large':
      for (let index = 0; index < 340; index++)
        writeProject(folder, `service-${String(index).padStart(3, '0')}`, index);
      await run(place, ['scan', folder, '--home', home, '--workspace', workspace, '--quiet']);
      break;
  }
  return workspace;
}

async function run(place: Place, args: readonly string[]): Promise<void> {
  const { code, err } = await runCommand(place, args);
  // Findings are what an estate is made for, and a broken one is not looked at in full.
  if (code !== 0 && code !== 1 && code !== 3)
    throw new Error(`countersign ${args.join(' ')} ended with ${code}: ${err}`);
}

/** A project with a host, its servers, a sub-agent, a hook and instructions; `seed` makes it differ from its neighbours. */
function writeProject(folder: string, name: string, seed: number): void {
  const project = join(folder, name);
  mkdirSync(join(project, '.git'), { recursive: true });
  mkdirSync(join(project, '.claude', 'agents'), { recursive: true });
  writeFileSync(join(project, '.git', 'config'), `[remote "origin"]\n\turl = https://git.example/acme/${name}.git\n`);
  writeFileSync(join(project, '.mcp.json'), servers(1 + (seed % 4), seed));
  const settings = {
    permissions: { allow: ['Bash(npm run *)'], deny: seed % 3 === 0 ? ['Read(./.env)'] : [] },
    hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: `./check-${seed % 7}.sh` }] }] },
  };
  writeFileSync(join(project, '.claude', 'settings.json'), JSON.stringify(settings, null, 2));
  writeFileSync(
    join(project, '.claude', 'agents', 'reviewer.md'),
    `---\nname: ${name}-reviewer\ndescription: Reads changes of ${name}.\ntools: Read, Grep\nmodel: sonnet\n---\n\nYou review.\n`,
  );
  if (seed % 2 === 0) writeFileSync(join(project, 'AGENTS.md'), `# ${name}\n\n- Keep changes small.\n`);
}

function servers(count: number, seed: number): string {
  const entries = Array.from({ length: count }, (_unused, index) => {
    const number = (seed * 5 + index) % 90;
    return number % 3 === 0
      ? [
          `records-${number}`,
          {
            type: 'http',
            url: `https://records-${number}.example/mcp`,
            headers: { Authorization: `Bearer \${RECORDS_${number}_TOKEN}` },
          },
        ]
      : [
          `tools-${number}`,
          {
            command: 'npx',
            args: ['-y', `@acme/tools-${number}${number % 2 === 0 ? '@1.2.0' : ''}`],
            env: { ACME_KEY: `\${ACME_${number}_KEY}` },
          },
        ];
  });
  return JSON.stringify({ mcpServers: Object.fromEntries(entries) }, null, 2);
}

/** One server that three hosts configure, each a little differently. */
function writeSharedServer(project: string): void {
  const variants: readonly (readonly [folder: string, key: string, server: Readonly<Record<string, unknown>>])[] = [
    [
      '.cursor',
      'mcpServers',
      { command: 'npx', args: ['-y', '@acme/ledger@2.1.0'], env: { LEDGER_KEY: '${LEDGER_KEY}' } },
    ],
    [
      '.vscode',
      'servers',
      { type: 'stdio', command: 'npx', args: ['-y', '@acme/ledger@2.1.0'], env: { LEDGER_KEY: '${input:key}' } },
    ],
    [
      '.gemini',
      'mcpServers',
      {
        command: 'npx',
        args: ['-y', '@acme/ledger'],
        env: { LEDGER_KEY: '$LEDGER_KEY', LEDGER_MODE: 'write' },
        trust: true,
      },
    ],
  ];
  for (const [folder, key, server] of variants) {
    mkdirSync(join(project, folder), { recursive: true });
    const name = folder === '.gemini' ? 'settings.json' : 'mcp.json';
    writeFileSync(join(project, folder, name), JSON.stringify({ [key]: { ledger: server } }, null, 2));
  }
}

/** Lists of an organisation, with what people get wrong in them; paths of the files. */
function writeLists(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const lists: Readonly<Record<string, string>> = {
    'agents.yaml': `schema: countersign-registry/1
agents:
  - name: ops-agent
    owner: platform-oncall
    domain: operations
    state: approved
    attested: 2026-10-01
    review:
      reviewer: Maria Silva
      date: 2026-09-28
      decision: approved-with-conditions
      conditions: no shell in production
      nextReview: 2027-03-28
  - name: support
    owner: support-engineering
    state: proposed
  - name: invoice-bot
    owner: finance-tools
    state: approved
  - name: sweeper
    state: perhaps
  - owner: nobody-named-it
servers:
  - name: grafana
    owner: observability
    state: approved
`,
    'saas-agents.csv': `name,system,id,domain,owner,description,tools,data,state
Service assistant,Salesforce,0F4-100,support,support-operations,Answers cases,case update; refund,cases; contacts,approved
Sales helper,HubSpot,,sales,,Writes follow-up mails,send mail,contacts,
`,
    'data-classification.csv': `store,kind,classification,regulation,owner
s3://acme-customer-exports,object-store,personal-data,GDPR,data-office
`,
  };
  return Object.entries(lists).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
}

/** What people really have: half-edited files, comments where none may be, a setting that is cut off. */
function writeBroken(folder: string): void {
  mkdirSync(join(folder, 'shop', '.claude', 'agents'), { recursive: true });
  mkdirSync(join(folder, 'shop', '.codex'), { recursive: true });
  mkdirSync(join(folder, 'shop', '.vscode'), { recursive: true });
  writeFileSync(
    join(folder, 'shop', '.mcp.json'),
    '{\n  "mcpServers": {\n    "orders": { "command": "orders-mcp", "args": [\n',
  );
  writeFileSync(
    join(folder, 'shop', '.claude', 'settings.json'),
    '{\n  // nobody may delete\n  "permissions": { "deny": ["Bash(rm *)"] }\n}\n',
  );
  writeFileSync(
    join(folder, 'shop', '.claude', 'agents', 'helper.md'),
    '---\nname: helper\ndescription: "never closed\n---\nHelp.\n',
  );
  writeFileSync(
    join(folder, 'shop', '.codex', 'config.toml'),
    'model = "gpt-5.6"\n[mcp_servers.docs\nurl = "https://docs.example/mcp"\n',
  );
  writeFileSync(
    join(folder, 'shop', '.vscode', 'mcp.json'),
    '{ "servers": { "docs": { "type": "http", "url": "https://docs.example/mcp" } } }\n',
  );
}
