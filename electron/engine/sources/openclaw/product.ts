import type { Confidence } from '../../../../shared/kinds.ts';
import { type Host, type HostAgentFacts, jsonOf } from '../host/host-agent.ts';
import type { HostProduct } from '../host/structured-source.ts';
import type { Entry } from '../parse/node.ts';
import type { Location } from '../source.ts';

export const openclaw: Host = {
  id: 'openclaw',
  title: 'OpenClaw',
  transcripts: [
    { place: '~/.openclaw/agents/*/sessions/*.jsonl', confidence: 'high' },
    { place: '~/.clawdbot/agents/*/sessions/*.jsonl', confidence: 'medium' },
  ],
};

export const product: HostProduct = { product: 'openclaw', productTitle: 'OpenClaw', host: openclaw };

/** State folder of today and those of the names before; `OPENCLAW_STATE_DIR` can move it. */
export const stateFolders: readonly (readonly [folder: string, confidence: Confidence])[] = [
  ['.openclaw', 'high'],
  ['.clawdbot', 'medium'],
  ['.moltbot', 'low'],
];

export const stateFile = (name: string): readonly Location[] =>
  stateFolders.map(([folder, confidence]) => ({ scope: 'user', base: 'home', path: `${folder}/${name}`, confidence }));

/** A setting that belongs to one agent of the host; `agent` is its key, its id, or `*` for all. */
export function locatedFor(
  facts: HostAgentFacts,
  list: string,
  key: string,
  entry: Entry | undefined,
  agent: string,
): void {
  if (entry !== undefined) facts.located(list, entry, { key, value: jsonOf(entry.node, 0), agent });
}
