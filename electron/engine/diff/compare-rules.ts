import type { Change } from '../../../shared/model/changes.ts';
import type { Asset, Evidence, JsonValue, Properties } from '../../../shared/model/facts.ts';

type Rule = {
  readonly list: string;
  readonly rule: string;
  readonly scope: string;
  readonly evidence: readonly Evidence[];
};

/**
 * Permission rules of an agent that came, went, or stand in another list now (allow, ask, deny). Undefined is an agent that
 * is not there. A rule in another file of the same scope is the same rule.
 */
export function compareRules(before: Asset | undefined, after: Asset | undefined): Change[] {
  const agent = after ?? before;
  if (agent === undefined || agent.kind !== 'agent') return [];
  const old = rulesOf(before);
  const fresh = rulesOf(after);
  const gone = new Map([...old].filter(([key]) => !fresh.has(key)));
  const changes: Change[] = [];
  for (const [key, rule] of fresh) {
    if (old.has(key)) continue;
    const other = [...gone].find(([, each]) => each.rule === rule.rule && each.scope === rule.scope);
    if (other === undefined) changes.push(one('added', agent, rule, [], rule.evidence, []));
    else {
      gone.delete(other[0]);
      const fields = [{ name: 'list', before: other[1].list, after: rule.list }];
      changes.push(one('changed', agent, rule, other[1].evidence, rule.evidence, fields));
    }
  }
  for (const rule of gone.values()) changes.push(one('removed', agent, rule, rule.evidence, [], []));
  return changes;
}

const one = (
  change: Change['change'],
  agent: Asset,
  { list, rule, scope }: Rule,
  before: readonly Evidence[],
  after: readonly Evidence[],
  fields: Change['fields'],
): Change => ({
  change,
  kind: 'rule',
  id: agent.id,
  name: `${list}: ${rule}${scope === '' ? '' : ` (${scope})`} · ${agent.name}`,
  fields,
  before: [...before],
  after: [...after],
});

function rulesOf(agent: Asset | undefined): Map<string, Rule> {
  const list = agent?.properties['permissions'];
  const rules = new Map<string, Rule>();
  if (agent === undefined || !Array.isArray(list)) return rules;
  for (const item of list as readonly JsonValue[]) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue;
    const member = item as Properties;
    const rule = textOf(member['rule'] ?? member['value']);
    if (rule === '') continue;
    const found: Rule = {
      list: textOf(member['list'] ?? member['decision']),
      rule,
      scope: textOf(member['scope']),
      evidence: evidenceOf(agent, member),
    };
    const key = JSON.stringify([found.list, found.rule, found.scope]);
    const known = rules.get(key);
    rules.set(key, known === undefined ? found : { ...known, evidence: [...known.evidence, ...found.evidence] });
  }
  return rules;
}

/** The line of the rule in the file that its place names, as the agent's own evidence counts that file. */
function evidenceOf(agent: Asset, member: Properties): readonly Evidence[] {
  const place = textOf(member['place']);
  const line = member['line'];
  const file = agent.evidence.find((each) => place === `/${each.file}` || place.endsWith(`/${each.file}`));
  return file === undefined || typeof line !== 'number' ? [] : [{ ...file, line, endLine: line }];
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
