import { describe, expect, it } from 'vitest';
import { shown } from './shown.test-support.ts';

/** Classes of a tool whose code is the given statements. */
async function classesOf(code: string, imports = ''): Promise<string> {
  const text = `import { tool, ToolLoopAgent } from 'ai';\n${imports}\nexport const agent = new ToolLoopAgent({ model: 'openai/gpt-4o', tools: { t: tool({ inputSchema: {}, execute: async (input) => {\n${code}\n} }) } });\n`;
  const { tools } = await shown({ 'a.ts': text });
  return (tools['t'] ?? 'no tool').replace(/@\S+/g, '');
}

describe('what the code of a tool does', () => {
  it.each([
    ['processes', `import { spawn } from 'node:child_process';`, `spawn(input.cmd);`, 'function executes-code'],
    [
      'processes by promisify',
      `import { exec } from 'child_process'; import { promisify } from 'util'; const run = promisify(exec);`,
      `await run(input.cmd);`,
      'function executes-code',
    ],
    [
      'shells of packages',
      `import { execa, $ } from 'execa'; import { $ as zx } from 'zx';`,
      'await zx`ls ${input.path}`; await execa(input.cmd);',
      'function executes-code',
    ],
    [
      'text as code',
      `import vm from 'node:vm';`,
      `vm.runInNewContext(input.code); return eval(input.code);`,
      'function executes-code',
    ],
    ['new Function', '', `return new Function(input.code);`, 'function executes-code'],
    [
      'files',
      `import fs, { promises } from 'fs'; import * as p from 'node:fs/promises';`,
      `fs.readFileSync('a'); await promises.writeFile('b', input); await p.rm('c');`,
      'function reads-private writes deletes',
    ],
    ['fetch', '', `await fetch(input.url);`, 'function sends-outside reads-untrusted'],
    [
      'fetch that posts',
      '',
      `await fetch('https://api.example/x', { method: 'POST', body: input });`,
      'function sends-outside writes',
    ],
    [
      'fetch that deletes',
      '',
      `await fetch('https://api.example/x', { method: 'delete' });`,
      'function deletes sends-outside',
    ],
    [
      'axios',
      `import axios from 'axios'; const client = axios.create({ baseURL: 'https://api.example' });`,
      `await client.get('/x'); await axios.post('https://api.example/y', input);`,
      'function reads-untrusted sends-outside writes',
    ],
    [
      'SQL',
      `import { Pool } from 'pg'; import mysql from 'mysql2/promise'; const pool = new Pool();`,
      `await pool.query('select 1'); const c = await mysql.createConnection(process.env.DB_URL); await c.execute('DELETE FROM a');`,
      'function reads-private deletes',
    ],
    [
      'SQL by tagged templates',
      `import postgres from 'postgres'; const sql = postgres(process.env.DATABASE_URL!);`,
      'return sql`UPDATE a SET b = ${input.b}`;',
      'function writes',
    ],
    [
      'better-sqlite3',
      `import Database from 'better-sqlite3'; const db = new Database('a.db');`,
      `return db.prepare('SELECT * FROM a').all();`,
      'function reads-private',
    ],
    [
      'prisma',
      `import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient();`,
      `await prisma.user.findMany(); await prisma.user.delete({ where: input });`,
      'function reads-private deletes',
    ],
    [
      'drizzle',
      `import { drizzle } from 'drizzle-orm/node-postgres'; import { users } from './schema'; const db = drizzle(process.env.DATABASE_URL!);`,
      `await db.select().from(users); await db.insert(users).values(input);`,
      'function reads-private writes',
    ],
    [
      'mail',
      `import nodemailer from 'nodemailer'; const t = nodemailer.createTransport({});`,
      `await t.sendMail(input);`,
      'function sends-outside writes',
    ],
    [
      'chat',
      `import { WebClient } from '@slack/web-api'; const slack = new WebClient(process.env.SLACK_TOKEN);`,
      `await slack.chat.postMessage(input);`,
      'function writes sends-outside',
    ],
    [
      'payments',
      `import Stripe from 'stripe'; const stripe = new Stripe(process.env.STRIPE_KEY!);`,
      `await stripe.refunds.create(input);`,
      'function writes spends-money',
    ],
    [
      'cloud',
      `import { S3Client, GetObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({});`,
      `await s3.send(new GetObjectCommand(input)); await s3.send(new DeleteObjectCommand(input));`,
      'function reads-private deletes',
    ],
    [
      'browsers',
      `import { chromium } from 'playwright';`,
      `const b = await chromium.launch(); const page = await b.newPage(); await page.goto('https://a.example'); await page.click('x');`,
      'function reads-untrusted sends-outside writes',
    ],
    ['the environment', '', `return JSON.stringify(process.env);`, 'function reads-private'],
    [
      'nothing',
      `import { z } from 'zod'; import path from 'node:path';`,
      `return z.string().parse(path.join('a', String(input))).split(',').map((x) => x.trim());`,
      'function',
    ],
    [
      'what is not known',
      `import { mystery } from 'mystery-package';`,
      `return mystery(input);`,
      'function not all known',
    ],
  ])('%s', async (_name, imports, code, expected) => {
    const known = (await classesOf(code, imports)).replace(
      / not all known$/,
      expected.endsWith('not all known') ? ' not all known' : '',
    );
    expect(known).toBe(expected);
  });
});
