import { jsonOf } from '../host/host-agent.ts';
import { structuredSource } from '../host/structured-source.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, nodeOf, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';
import { locatedFor, product, stateFile } from './product.ts';

/** What the host itself approves. The stricter of this and `tools.exec` applies; without a screen `askFallback` decides. */
export const openclawApprovals: FileSource = structuredSource(
  product,
  {
    id: 'openclaw/exec-approvals',
    title: 'OpenClaw exec approvals',
    format: 'json5',
    locations: stateFile('exec-approvals.json'),
  },
  ({ facts, root }) => {
    const scopes = [
      ...[entryOf(root, 'defaults')].flatMap((entry) => (entry === undefined ? [] : [['*', entry] as const])),
      ...entriesOf(nodeOf(root, 'agents')).map((entry) => [entry.key.slice(0, 100), entry] as const),
    ];
    for (const [agentId, entry] of scopes) {
      for (const key of ['security', 'ask', 'askFallback', 'autoAllowSkills'])
        locatedFor(facts, 'modes', `execApprovals.${key}`, entryOf(entry.node, key), agentId);
      for (const [order, item] of itemsOf(nodeOf(entry.node, 'allowlist')).entries()) {
        const pattern = textOf(nodeOf(item, 'pattern')) ?? textOf(item);
        if (pattern !== undefined)
          facts.located('permissions', item, {
            list: 'execApprovals.allowlist',
            rule: maskText(pattern),
            agent: agentId,
            order,
          });
      }
    }
    return undefined;
  },
);

/** Jobs that start a turn by the clock. */
export const openclawCron: FileSource = structuredSource(
  product,
  { id: 'openclaw/cron', title: 'OpenClaw scheduled jobs', format: 'json5', locations: stateFile('cron/jobs.json') },
  ({ facts, root }) => {
    for (const job of itemsOf(nodeOf(root, 'jobs'))) {
      if (job.kind !== 'map') continue;
      facts.located('schedules', job, {
        name: maskText((textOf(nodeOf(job, 'name')) ?? textOf(nodeOf(job, 'id')) ?? 'job').slice(0, 200)),
        enabled: booleanOf(nodeOf(job, 'enabled')) !== false,
        schedule: jsonOf(nodeOf(job, 'schedule') ?? job, 4),
        payload: maskText(
          (textOf(nodeOf(job, 'payload', 'message')) ?? textOf(nodeOf(job, 'payload', 'text')) ?? '').slice(0, 200),
        ),
      });
    }
    return undefined;
  },
);
