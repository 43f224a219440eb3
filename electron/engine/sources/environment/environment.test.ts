import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputAt } from '../conformance.ts';
import { environmentNames } from './environment.ts';
import { lex } from './lexical.ts';
import { secretsNamed } from './names.ts';

const shown = (source: string, family: Parameters<typeof secretsNamed>[1]): readonly string[] =>
  secretsNamed(source, family).map(({ name, line, form }) => `${name}:${line}:${form}`);

test('Python: reads, writes and checks, not comments and texts', () => {
  const source = `import os
from os import environ, getenv
# os.environ["COMMENTED_API_KEY"]
"""Set os.environ["DOCUMENTED_API_KEY"] first."""
stripe = os.environ["STRIPE_API_KEY"]
slack = os.environ.get(
    'SLACK_BOT_TOKEN', ''
)
jira = getenv("JIRA_TOKEN")
print(f"key {os.environ['HUBSPOT_API_KEY']!r} {{os.environ['BRACES_API_KEY']}}")
if "PAGER_TOKEN" not in environ:
    raise SystemExit("PAGER_TOKEN is not set")
os.environ["OPENAI_API_KEY"] = ask()
model = os.environ["MODEL_ID"]
limit = os.environ.get("MAX_TOKENS")
cwd = os.environ["PWD"]
`;
  expect(shown(source, 'python')).toEqual([
    'STRIPE_API_KEY:5:read',
    'SLACK_BOT_TOKEN:7:read',
    'JIRA_TOKEN:9:read',
    'HUBSPOT_API_KEY:10:read',
    'PAGER_TOKEN:11:read',
    'OPENAI_API_KEY:13:written',
  ]);
});

test('Python: a table counts where its entries are looked up', () => {
  const table = `import os
providers = [
    ('openai:gpt-5', 'OPENAI_API_KEY'),
    ('groq:llama', "GROQ_API_KEY"),
]
note = "MISTRAL_API_KEY is not used here"
`;
  expect(
    shown(`${table}for model, key in providers:\n    if key in os.environ:\n        run(model)\n`, 'python'),
  ).toEqual(['OPENAI_API_KEY:3:listed', 'GROQ_API_KEY:4:listed']);
  expect(shown(`${table}home = os.environ["HOME"]\n`, 'python')).toEqual([]);
});

test('Python: decouple, environs, Streamlit, Colab', () => {
  const source = `from decouple import config
from environs import Env
env = Env()
a = config("DJANGO_SECRET_KEY")
b = env.str("SENTRY_DSN")
c = st.secrets["WEATHER_API_KEY"]
d = userdata.get('HF_TOKEN')
e = self.config("OTHER_SECRET_KEY")
`;
  expect(shown(source, 'python')).toEqual([
    'DJANGO_SECRET_KEY:4:read',
    'SENTRY_DSN:5:read',
    'WEATHER_API_KEY:6:read',
    'HF_TOKEN:7:read',
  ]);
});

test('the name of a secret that a manager keeps is none', () => {
  expect(shown('get_secret_value(SecretId=os.environ["WIKI_SECRET"], x=os.environ["OWN_SECRET"])', 'python')).toEqual([
    'OWN_SECRET:1:read',
  ]);
});

test('TypeScript: members, brackets, destructuring, templates; nothing that browsers get', () => {
  const source = `const a = process.env.STRIPE_SECRET_KEY!;
const b = process.env['SENDGRID_API_KEY'] ?? "process.env.TEXT_API_KEY";
const { LINEAR_API_KEY, GITHUB_TOKEN: own = '', PORT } = process.env;
// process.env.COMMENTED_TOKEN
/* process.env.BLOCK_TOKEN */
const url = \`https://x.example/?t=\${process.env.PUSH_TOKEN}&\${inner(\`\${import.meta.env.EDGE_SECRET}\`)}\`;
const p = process.env.NEXT_PUBLIC_MAPS_KEY;
const re = /["'\`]/.test(x) && process.env.AFTER_PATTERN_TOKEN;
const text = <p>Don't worry</p>;
process.env.TEST_TOKEN = 'x';
if (process.env.ADMIN_TOKEN === given) allow();
const d = Deno.env.get("DENO_API_KEY");
`;
  expect(shown(source, 'ecmascript')).toEqual([
    'STRIPE_SECRET_KEY:1:read',
    'SENDGRID_API_KEY:2:read',
    'GITHUB_TOKEN:3:read',
    'LINEAR_API_KEY:3:read',
    'EDGE_SECRET:6:read',
    'PUSH_TOKEN:6:read',
    'AFTER_PATTERN_TOKEN:8:read',
    'TEST_TOKEN:10:written',
    'ADMIN_TOKEN:11:read',
    'DENO_API_KEY:12:read',
  ]);
});

test('Go, Rust, Java and C#', () => {
  expect(
    shown('key := os.Getenv("NOTION_TOKEN") // os.Getenv("OLD_TOKEN")\nraw := `os.Getenv("RAW_TOKEN")`\n', 'go'),
  ).toEqual(['NOTION_TOKEN:1:read']);
  expect(shown(`fn f<'a>(x: &'a str) { let q = '"'; env::var("OPENAI_API_KEY"); }`, 'rust')).toEqual([
    'OPENAI_API_KEY:1:read',
  ]);
  expect(shown('String k = System.getenv("SLACK_TOKEN"); /* System.getenv("X_TOKEN") */', 'c-like')).toEqual([
    'SLACK_TOKEN:1:read',
  ]);
  expect(shown('var k = Environment.GetEnvironmentVariable("GRAPH_CLIENT_SECRET");', 'c-like')).toEqual([
    'GRAPH_CLIENT_SECRET:1:read',
  ]);
});

const read = async (place: string, text: string) => {
  const location = { scope: 'project', base: 'project', path: place } as const;
  const summary = await environmentNames.summarise({ ...inputAt(location, text), place: `repo/${place}` });
  return environmentNames.link([summary], { rootLabel: 'repo' }).readings.flatMap(({ reading }) => reading.assets);
};

test('one credential for each name of a file; what a test sets, a vendor brought or a bundler made is left out', async () => {
  const text = 'const key = process.env.MAIL_API_KEY;\nconst again = process.env.MAIL_API_KEY;\n';
  expect(await read('src/mail.ts', text)).toEqual([
    {
      kind: 'credential',
      key: 'MAIL_API_KEY',
      name: 'MAIL_API_KEY',
      properties: {
        supplied: 'environment',
        forms: [{ form: 'read', host: 'code', place: 'repo/src/mail.ts', line: 1 }],
      },
      lines: { line: 1, endLine: 1 },
      confidence: 'high',
    },
  ]);
  expect(await read('node_modules/x/mail.js', text)).toEqual([]);
  expect(await read('dist/index.js', text)).toEqual([]);
  expect(await read('src/mail.js', `${text}//${'x'.repeat(6000)}`)).toEqual([]);
  const tested = "process.env.FAKE_TOKEN = 'x';\nrun(process.env.FAKE_TOKEN, process.env.LIVE_TOKEN);\n";
  expect((await read('src/mail.test.ts', tested)).map(({ name }) => name)).toEqual(['LIVE_TOKEN']);
});

test('a notebook names the lines of its file', async () => {
  const cells = [{ cell_type: 'code', source: ['import os\n', 'k = os.environ["HUB_TOKEN"]\n'] }];
  const assets = await read('lab.ipynb', JSON.stringify({ cells, nbformat: 4 }, null, 1));
  expect(assets.map(({ name, lines }) => [name, lines?.line])).toEqual([['HUB_TOKEN', 7]]);
});

test('a name in many files keeps a bounded number of places', async () => {
  const location = { scope: 'project', base: 'project', path: 'a.py' } as const;
  const input = inputAt(location, 'import os\nk = os.environ["HUB_TOKEN"]\n');
  const summaries = await Promise.all(
    Array.from({ length: 100 }, (_one, index) => environmentNames.summarise({ ...input, place: `repo/a${index}.py` })),
  );
  expect(environmentNames.link(summaries, { rootLabel: 'repo' }).readings).toHaveLength(40);
});

test('lines and lengths stay, whatever is read', () => {
  const piece = fc.constantFrom('"', "'", '`', '${', '{', '}', '/', '*', '#', '\n', '\\', 'f"', '"""', 'x', ' ', '//');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }),
      fc.constantFrom('python', 'ecmascript', 'go', 'rust', 'c-like'),
      (pieces, family) => {
        const source = pieces.join('');
        const { code } = lex(source, family);
        expect(code.length).toBe(source.length);
        expect(code.split('\n').map((line) => line.length)).toEqual(source.split('\n').map((line) => line.length));
      },
    ),
  );
});
