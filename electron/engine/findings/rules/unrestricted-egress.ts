import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { agentsByGate, toolsInUse } from '../code-agents.ts';
import { type FindingContext, evidenceOf } from '../context.ts';
import { named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const openWeb = (tool: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(tool, 'egresses-to')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ properties }) => properties['kind'] === 'web');

/** Ready-made tools whose address is an argument; of others (searches) the library decides where they go. */
const takesAddress = /http|request|fetch|scrape|visit|browse|crawl|curl|url|web_?page|read_?website/i;

export const unrestrictedEgress: Rule = {
  id: 'unrestricted-egress',
  title: 'The model chooses the web address',
  version: 1,
  why: 'An address can carry data out in itself, and it can be one inside of the own network.',
  fix: 'Allow a list of hosts in the tool or in a proxy before it, and keep internal addresses out.',
  references: references('OWASP-ASI-2026:ASI02', 'MITRE-ATLAS:AML.T0086', 'CWE:CWE-918', 'NIST-SP-800-53:SC-7'),
  kinds: ['tool'],
  subjects: (context) => toolsInUse(context).filter((tool) => openWeb(tool, context).length > 0),
  judge(tool, context): readonly Judgement[] {
    const open = openWeb(tool, context).filter(({ properties }) => properties['anyAddress'] === true);
    if (open.length === 0) return [];
    const library = textOf(tool.properties['library']);
    const chosen = open.some(({ key }) => key === 'web:*');
    if (!chosen && !takesAddress.test(`${tool.name} ${library}`))
      return [{ outcome: 'could-not-tell', why: 'whether the model can give this ready-made tool an address' }];
    const { open: ungated, unknown } = agentsByGate(tool, context);
    if (ungated.length === 0)
      return unknown.length === 0
        ? []
        : [{ outcome: 'could-not-tell', why: 'which tools the gate covers is decided at run time' }];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: chosen ? tool.confidence : 'medium',
        message: `${tool.name} of ${named(ungated.map(({ name }) => name))} calls any address that the model names.`,
        evidence: evidenceOf(tool),
        detail: '',
      },
    ];
  },
};
