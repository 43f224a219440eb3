import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import type { FindingContext } from '../context.ts';
import { evidenceInOwnFile, isInUse, named, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const money =
  /(?:^|[_/-])(?:refund|pay(?:ment|out)?|charge|transfer|invoice|purchase|withdraw|credit|order)s?(?:[_/-]|$)/i;
const reads = /(?:^|[_/-])(?:get|list|read|search|find|retrieve|show)(?:[_/-])/i;

/** `mcp__stripe__create_refund` as a call of the agents that use the skill. */
const callOf = (tool: string): string | null => {
  const match = /^mcp__(.+?)__(.+)$/.exec(tool);
  return match === null ? null : `mcp: ${match[1]}/${match[2]}`;
};

const usersOf = (skill: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context.incoming(skill, 'uses').flatMap((relation) => context.source(relation) ?? []);

export const skillPreapprovesMoney: Rule = {
  id: 'skill-preapproves-money',
  title: 'A skill approves a tool that moves money',
  version: 1,
  why: 'Whoever can write the skill can have money moved without a question, unless an ask rule stands above it.',
  fix: 'Take the tool out of `allowed-tools`, and keep an ask rule for it in settings.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-AISVS:9.2.1', 'OWASP-AST:AST03'),
  kinds: ['skill'],
  subjects: (context) =>
    context.all('skill').filter((skill) => isInUse(skill) && textsOf(skill.properties['preApproves']).length > 0),
  judge(skill, context): readonly Judgement[] {
    const tools = textsOf(skill.properties['preApproves']).filter((tool) => money.test(tool) && !reads.test(tool));
    if (tools.length === 0) return [];
    const asked = tools.flatMap((tool) => {
      const call = callOf(tool);
      return call === null
        ? []
        : usersOf(skill, context).flatMap((agent) => context.verdict(agent, call)?.verdict ?? []);
    });
    const gated = asked.length > 0 && asked.every((verdict) => ['ask', 'deny', 'hidden'].includes(verdict));
    return [
      {
        outcome: 'found',
        severity: gated ? 'low' : severityOf({ impact: 'destructive', reach: 'insider', gate: 'none' }),
        confidence: asked.length > 0 ? skill.confidence : 'medium',
        message: `${skill.name} approves ${named(tools)} in advance${gated ? '; an ask or deny rule still wins' : ''}.`,
        evidence: evidenceInOwnFile(skill, null),
        detail: '',
      },
    ];
  },
};
