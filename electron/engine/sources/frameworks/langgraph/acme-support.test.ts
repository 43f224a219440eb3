import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Properties } from '../../../../../shared/model/facts.ts';
import { sha256 } from '../engine/collector.ts';
import { langgraphDeploySource } from './langgraph-deploy.ts';
import { fileInput, type LinkedFiles, linkFiles } from '../engine/link-files.ts';

const folder = new URL('./testdata/acme-support/', import.meta.url);

/** `src.support_agent.graph.py.txt` is `src/support_agent/graph.py`. */
function files(): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.txt')) continue;
    const real = name.replace(/\.txt$/, '');
    const end = real.lastIndexOf('.');
    const path = `${real.slice(0, end).replaceAll('.', '/')}${real.slice(end)}`;
    // The crew of the same repository is no part of this agent.
    if (!path.startsWith('crews/')) found.set(path, readFileSync(new URL(name, folder), 'utf8'));
  }
  return found;
}

/** Capabilities as the tool asset carries them. */
const capabilitiesOf = (asset: { readonly properties?: Properties }): readonly { class: string; line: number }[] =>
  (asset.properties?.['capabilities'] ?? []) as unknown as readonly { class: string; line: number }[];

describe('a support agent spread over twelve files', () => {
  let linked: LinkedFiles;
  beforeAll(async () => {
    linked = await linkFiles(files(), 'acme');
  });
  const assets = (kind: string) => linked.assets.filter((asset) => asset.kind === kind);
  const where = (kind: string) =>
    Object.fromEntries(assets(kind).map((asset) => [asset.name, `${asset.place.slice(5)}:${asset.lines?.line}`]));
  const ends = (kind: string) =>
    linked.relations
      .filter((relation) => relation.kind === kind)
      .map(({ from, to }) => `${from.key.replace(/^.*#/, '')} -> ${to.key.replace(/^.*#/, '')}`)
      .sort();

  it('finds one agent under the name of its deployment', () => {
    expect(assets('agent')).toEqual([
      {
        kind: 'agent',
        key: 'acme/src/support_agent/graph.py#graph',
        name: 'support',
        place: 'acme/src/support_agent/graph.py',
        lines: { line: 51, endLine: 51 },
        confidence: 'high',
        properties: {
          framework: 'langgraph',
          language: 'python',
          construct: 'StateGraph',
          variable: 'graph',
          location: 'source',
          deployedAs: 'support',
          declaredIn: 'acme/langgraph.json',
          nodes: ['triage', 'support_agent', 'review', 'tools'],
          edges: 4,
          gates: ['refund_review'],
          capabilities: [
            {
              class: 'reads-private',
              place: 'acme/src/support_agent/retriever.py',
              line: 25,
              because: 'searches stored documents',
              confidence: 'medium',
            },
          ],
        },
      },
    ]);
  });

  it('asks for the modules and the deployment that hold no keyword', () => {
    expect(linked.asked.toSorted()).toEqual([
      'langgraph.json',
      'src/support_agent/prompts.py',
      'src/support_agent/tools/__init__.py',
    ]);
  });

  it('places all tools and reads their capabilities from the code', () => {
    const tools = Object.fromEntries(
      assets('tool').map((tool) => [
        tool.name,
        [
          `${tool.place.slice(5)}:${tool.lines?.line}`,
          ...new Set(capabilitiesOf(tool).map((one) => `${one.class}:${one.line}`)),
        ],
      ]),
    );
    expect(tools).toEqual({
      get_ticket: ['src/support_agent/tools/zendesk.py:12', 'reads-private:14', 'reads-untrusted:14'],
      search_tickets: ['src/support_agent/tools/zendesk.py:18', 'reads-private:20', 'reads-untrusted:20'],
      add_public_reply: ['src/support_agent/tools/zendesk.py:24', 'sends-outside:27', 'writes:27'],
      lookup_customer: ['src/support_agent/tools/crm.py:14', 'reads-private:16'],
      export_customers: ['src/support_agent/tools/crm.py:20', 'reads-private:22', 'writes:24'],
      list_charges: ['src/support_agent/tools/payments.py:11', 'reads-private:13'],
      refund_charge: ['src/support_agent/tools/payments.py:17', 'writes:19', 'spends-money:19'],
      create_credit_note: ['src/support_agent/tools/payments.py:23', 'writes:25', 'spends-money:25'],
      fetch_url: ['src/support_agent/tools/web.py:7', 'sends-outside:9', 'reads-untrusted:9'],
      search_past_tickets: ['src/support_agent/retriever.py:30', 'reads-private:32'],
      send_email: ['src/support_agent/tools/mail.py:10', 'sends-outside:20', 'writes:20'],
    });
    expect(ends('uses').filter((text) => text.startsWith('graph -> ') && !text.includes(':'))).toHaveLength(11);
  });

  it('tells models, prompts, stores, services and credentials', () => {
    expect(
      assets('model').map(({ key, properties }) => [
        key,
        properties?.['channel'],
        properties?.['role'],
        properties?.['supplied'],
      ]),
    ).toEqual([
      ['openai:gpt-4.1-mini-2025-04-14', 'pinned', 'chat', 'literal'],
      ['anthropic:claude-sonnet-4-5', 'floating', 'chat', 'literal'],
      ['openai:text-embedding-3-large', 'floating', 'embedding', 'literal'],
    ]);
    const source = files().get('src/support_agent/prompts.py') ?? '';
    const text = /SUPPORT_PROMPT = """([\s\S]*?)"""/.exec(source)?.[1] ?? '';
    const prompt = assets('prompt').find((asset) => asset.name === 'SUPPORT_PROMPT');
    expect(prompt?.properties).toEqual({
      sha256: sha256(text),
      length: text.length,
      preview: `${text.slice(0, 199)}…`,
      claims: [
        { kind: 'forbids', line: 8, text: 'Never delete customer data.' },
        { kind: 'asks', line: 8, text: 'Always ask a human before giving money back.' },
      ],
    });
    expect(where('prompt')).toMatchObject({
      TRIAGE_PROMPT: 'src/support_agent/prompts.py:3',
      SUPPORT_PROMPT: 'src/support_agent/prompts.py:6',
    });
    expect(where('data-store')).toEqual({
      zendesk: 'src/support_agent/tools/zendesk.py:7',
      hubspot: 'src/support_agent/tools/crm.py:10',
      'exports (files)': 'src/support_agent/tools/crm.py:24',
      stripe: 'src/support_agent/tools/payments.py:7',
      tickets_archive: 'src/support_agent/retriever.py:17',
      support_kb: 'src/support_agent/retriever.py:11',
      'PostgresSaver checkpoints': 'src/support_agent/graph.py:50',
    });
    expect(where('credential')).toEqual({
      OPENAI_API_KEY: 'src/support_agent/models.py:7',
      ANTHROPIC_API_KEY: 'src/support_agent/models.py:5',
      ZENDESK_API_TOKEN: 'src/support_agent/tools/zendesk.py:8',
      HUBSPOT_TOKEN: 'src/support_agent/tools/crm.py:9',
      STRIPE_API_KEY: 'src/support_agent/tools/payments.py:7',
      DATABASE_URL: 'src/support_agent/retriever.py:9',
      SMTP_PASSWORD: 'src/support_agent/tools/mail.py:19',
    });
    expect(ends('egresses-to')).toEqual([
      'add_public_reply -> host:zendesk',
      'fetch_url -> web:*',
      'send_email -> mail',
    ]);
    expect(ends('ingests')).toEqual([
      'fetch_url -> web:*',
      'get_ticket -> host:zendesk',
      'search_tickets -> host:zendesk',
    ]);
    expect(ends('writes')).toEqual([
      'add_public_reply -> saas:zendesk',
      'create_credit_note -> saas:stripe',
      'export_customers -> exports',
      'graph -> PostgresSaver',
      'refund_charge -> saas:stripe',
    ]);
    expect(ends('reads')).toContain('graph -> support_kb');
  });

  it('ties the approval to the one tool that it looks for', () => {
    expect(assets('approval-gate').map(({ name, lines, properties }) => ({ name, lines, properties }))).toEqual([
      {
        name: 'refund_review',
        lines: { line: 17, endLine: 17 },
        properties: {
          framework: 'langgraph',
          grade: 'human-per-call',
          onNoAnswer: 'waits',
          covers: ['refund_charge'],
          coversKnown: true,
          location: 'source',
          mechanism: 'interrupt',
          condition: 'call["name"] in GATED and call["args"].get("amount", 0) >= LIMIT',
        },
      },
    ]);
    expect(ends('gated-by')).toEqual(['graph -> refund_review', 'refund_charge -> refund_review']);
  });

  it('reads the deployment file into the same agent', () => {
    const reading = langgraphDeploySource.read(fileInput('acme/langgraph.json', files().get('langgraph.json') ?? ''));
    expect(reading.assets.filter((asset) => asset.kind === 'agent')).toEqual([
      {
        kind: 'agent',
        key: 'acme/src/support_agent/graph.py#graph',
        name: 'support',
        properties: { framework: 'langgraph', deployedAs: 'support', declaredIn: 'acme/langgraph.json' },
        lines: { line: 4, endLine: 4 },
        confidence: 'high',
      },
    ]);
    expect(reading.assets.find((asset) => asset.kind === 'workload')?.properties).toMatchObject({
      authentication: null,
      environmentFile: '.env',
    });
  });

  it('gives the same facts in whatever order the files come', async () => {
    const turned = await linkFiles(new Map([...files()].reverse()), 'acme');
    const plain = (one: LinkedFiles) => [...one.assets, ...one.relations].map((item) => JSON.stringify(item)).sort();
    expect(plain(turned)).toEqual(plain(linked));
  });
});
