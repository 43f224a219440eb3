import { describe, expect, it } from 'vitest';
import type { Properties } from '../../../../../shared/model/facts.ts';
import { type LinkedFiles, linkFiles } from '../engine/link-files.ts';

const link = (files: Record<string, string>): Promise<LinkedFiles> => linkFiles(new Map(Object.entries(files)));
const head = 'from langchain_core.tools import tool\nfrom langchain.agents import create_agent\n';

/** One tool `act` with this body below these module lines, given to an agent. */
async function toolWith(body: readonly string[], above = ''): Promise<{ linked: LinkedFiles; tool: Properties }> {
  const code = body.map((line) => `    ${line}\n`).join('');
  const linked = await link({
    'a.py': `${head}${above}@tool\ndef act(text: str, client) -> str:\n    """Act."""\n${code}ops = create_agent("openai:gpt-4.1", [act])\n`,
  });
  const found = linked.assets.find((asset) => asset.kind === 'tool' && asset.name === 'act');
  return { linked, tool: found?.properties ?? {} };
}
const classes = (tool: Properties): readonly string[] =>
  (tool['capabilities'] as unknown as readonly { class: string; confidence: string }[]).map(
    (one) => `${one.class} ${one.confidence}`,
  );

describe('confidence of capabilities', () => {
  it.each([
    ['a process', 'import subprocess\n', 'subprocess.run(text)', ['executes-code high']],
    ['code', '', 'eval(text)', ['executes-code high']],
    ['a written file', '', 'open("out.txt", "w").write(text)', ['writes high']],
    ['mail', 'import smtplib\n', 'smtplib.SMTP("h").sendmail("a", "b", text)', ['sends-outside high', 'writes high']],
    [
      'a web address',
      'import httpx\n',
      'httpx.post("https://in.acme.example/x", json={})',
      ['sends-outside high', 'writes high'],
    ],
    ['written SQL', 'import sqlite3\n', 'sqlite3.connect("d").execute("delete from t")', ['deletes high']],
    [
      'free SQL',
      'import sqlite3\n',
      'sqlite3.connect("d").execute(text)',
      ['reads-private medium', 'writes medium', 'deletes medium'],
    ],
    [
      'a verb of an SDK',
      'import stripe\n',
      'stripe.Refund.create(charge=text)',
      ['writes medium', 'spends-money medium'],
    ],
    [
      'a vendor by its host',
      'import httpx\n',
      'httpx.get("https://acme.zendesk.com/x")',
      ['reads-private medium', 'reads-untrusted medium'],
    ],
    ['the name of a method', 'import pandas\n', 'pandas.DataFrame().to_csv("x.csv")', ['writes medium']],
    [
      'a ready-made tool',
      'from langchain_community.tools import ShellTool\n',
      'ShellTool().run(text)',
      ['executes-code medium'],
    ],
  ])('%s', async (_what, above, line, expected) => {
    const { tool } = await toolWith([line], above);
    expect(classes(tool)).toEqual(expected);
    expect(tool['capabilitiesKnown']).toBe(true);
    expect(tool).not.toHaveProperty('notUnderstood');
  });

  it('holds for relations too', async () => {
    const { linked } = await toolWith(
      ['stripe.Refund.create(charge=text)', 'open("out/x.txt", "w").write(text)'],
      'import stripe\n',
    );
    expect(
      linked.relations
        .filter((relation) => relation.kind === 'writes')
        .map((relation) => [relation.to.key.replace(/^.*#/, ''), relation.confidence]),
    ).toEqual([
      ['saas:stripe', 'medium'],
      ['out', 'high'],
    ]);
  });
});

describe('what of a body is not understood', () => {
  it('is listed, beside what is', async () => {
    const { tool } = await toolWith(
      [
        'rows = client.search(text)',
        'names = [row.get("name").strip() for row in rows]',
        'vendor.push(names)',
        'open("out.txt", "w").write(text)',
      ],
      'import vendor\n',
    );
    expect(tool).toMatchObject({
      capabilitiesKnown: false,
      notUnderstood: [
        { call: 'client.search', place: 'app/a.py', line: 7 },
        { call: 'vendor.push', place: 'app/a.py', line: 9 },
      ],
    });
    expect(classes(tool)).toEqual(['writes high']);
  });

  it('is counted where it is long', async () => {
    const { tool } = await toolWith(Array.from({ length: 33 }, (_, index) => `client.step${index}(text)`));
    expect(tool['notUnderstood']).toHaveLength(20);
    expect(tool['notUnderstoodMore']).toBe(13);
    expect(tool['capabilities']).toEqual([]);
  });

  it('is what nothing defines and what loads code by name', async () => {
    const { tool } = await toolWith(
      ['do_it(text)', '__import__(text)', 'importlib.import_module(text)'],
      'import importlib\n',
    );
    expect((tool['notUnderstood'] as unknown as readonly { call: string }[]).map((one) => one.call)).toEqual([
      'do_it',
      '__import__',
      'importlib.import_module',
    ]);
  });

  it('is an address, not a key, that an unknown client gets', async () => {
    const { tool } = await toolWith(['client.get("name")', 'client.get("/users")', 'client.get(text)']);
    expect((tool['notUnderstood'] as unknown as readonly { line: number }[]).map((one) => one.line)).toEqual([7, 8]);
  });
});

describe('functions inside functions', () => {
  const chain = (length: number): string =>
    `import subprocess\ndef step${length}(text):\n    subprocess.run(text)\n${Array.from({ length }, (_, index) => `def step${index}(text):\n    step${index + 1}(text)\n`).join('')}`;

  it('are followed a long way', async () => {
    const { tool } = await toolWith(['step0(text)'], chain(10));
    expect(classes(tool)).toEqual(['executes-code high']);
    expect(tool['capabilitiesKnown']).toBe(true);
  });

  it('are named where following ends', async () => {
    const { tool } = await toolWith(['step0(text)'], chain(30));
    expect(tool).toMatchObject({
      capabilities: [],
      capabilitiesKnown: false,
      notUnderstood: [{ call: 'step12', line: 30 }],
    });
  });

  it('make the agent dynamic where a node leads too deep', async () => {
    const linked = await link({
      'a.py': `from langgraph.graph import StateGraph\nfrom langchain_openai import ChatOpenAI\n${chain(30)}def node(state):\n    ChatOpenAI(model="gpt-4.1").invoke("x")\n    step0("x")\nb = StateGraph(dict)\nb.add_node("node", node)\ng = b.compile()\n`,
    });
    expect(linked.assets.find((asset) => asset.kind === 'agent')).toMatchObject({
      dynamic: true,
      properties: {
        unknown: [{ reason: 'step12 is called too deep inside other functions to follow', place: 'app/a.py' }],
      },
    });
  });

  it('run when an object is made, called, or a tool is used as a tool', async () => {
    const { tool } = await toolWith(
      ['Writer(text)', 'runner(text)', 'inner.invoke(text)'],
      'import os, subprocess\nclass Base:\n    def __init__(self, text):\n        open("o.txt", "w").write(text)\nclass Writer(Base):\n    pass\nclass Runner:\n    def __call__(self, text):\n        subprocess.run(text)\nrunner = Runner()\n@tool\ndef inner(text: str):\n    """Inner."""\n    os.remove(text)\n',
    );
    expect(classes(tool).toSorted()).toEqual(['deletes high', 'executes-code high', 'writes high']);
    expect(tool['capabilitiesKnown']).toBe(true);
  });
});

describe('cut lists', () => {
  it('make the agent dynamic', async () => {
    const tools = Array.from(
      { length: 80 },
      (_, index) => `@tool\ndef t${index}():\n    """T."""\n    return 1\n`,
    ).join('');
    const choice = Array.from({ length: 79 }, (_, index) => `t${index} if c == ${index} else `).join('');
    const linked = await link({
      'a.py': `${head}${tools}c = int(input())\nops = create_agent("openai:gpt-4.1", [${choice}t79])\n`,
    });
    expect(linked.relations.filter((relation) => relation.to.kind === 'tool')).toHaveLength(64);
    expect(linked.assets.find((asset) => asset.name === 'ops')).toMatchObject({
      dynamic: true,
      properties: { unknown: [{ reason: 'one of more than 64 possible values', place: 'app/a.py' }] },
    });
  });

  it('say when a model may be another one', async () => {
    const linked = await link({
      'a.py': `from langchain_openai import ChatOpenAI\n${head}llm = ChatOpenAI(model="gpt-4.1") if q else registry["x"] + 1\nops = create_agent(llm, [])\n`,
    });
    expect(linked.assets.find((asset) => asset.name === 'ops')).toMatchObject({ dynamic: true });
  });
});

it('takes names for those of the family only where the family is imported', async () => {
  const store = (library: string) =>
    link({
      'a.py': `${head}from ${library} import Redis\nkept = Redis("x")\n@tool\ndef look(q: str):\n    """Look."""\n    return kept.similarity_search(q)\nops = create_agent("openai:gpt-4.1", [look])\n`,
    });
  const stores = (linked: LinkedFiles) =>
    linked.assets.filter((asset) => asset.kind === 'data-store').map((asset) => asset.properties?.['kind']);
  expect(stores(await store('langchain_community.vectorstores'))).toEqual(['vector']);
  expect(stores(await store('cache_of_ours'))).toEqual([]);
});
