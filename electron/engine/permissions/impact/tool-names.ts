import type { Call } from '../call.ts';
import type { Impact } from './impact.ts';
import { statementImpact } from './sql.ts';

const words: readonly (readonly [RegExp, Impact['impact'], Impact['reversible'], string])[] = [
  [
    /^(?:delete|remove|destroy|drop|purge|wipe|terminate|cancel|revoke|archive|close|merge|force|reset|truncate|unpublish|kill)$/,
    'destructive',
    'unknown',
    'by its name it takes something away',
  ],
  [
    /^(?:refund|pay|charge|transfer|purchase|buy|order|invoice|payout|withdraw)$/,
    'destructive',
    'partly',
    'by its name it moves money',
  ],
  [
    /^(?:send|post|publish|email|mail|notify|message|tweet|reply|comment|share|invite|upload|export|forward)$/,
    'operational',
    'no',
    'by its name it sends something out',
  ],
  [
    /^(?:execute|exec|run|eval|invoke|shell|command|script|query)$/,
    'operational',
    'unknown',
    'by its name it runs what it is given',
  ],
  [
    /^(?:create|add|insert|update|edit|write|set|put|patch|modify|change|move|rename|copy|assign|enable|disable|start|stop|restart|deploy|apply|rotate|grant|open|install|register|approve|sync|import|save|append|replace|upsert|tag|label)$/,
    'operational',
    'partly',
    'by its name it changes something',
  ],
  [
    /^(?:get|list|read|search|find|fetch|show|describe|lookup|view|count|check|status|inspect|browse|summarize|analyze|validate|preview|plan|diff|resolve|retrieve|load|ping|help)$/,
    'informational',
    'not-needed',
    'by its name it reads',
  ],
];

const order = ['informational', 'operational', 'destructive'];

/** A tool of a server: its own annotation first (a hint from the server, untrusted), then SQL it is given, then the words of its name. */
export function toolNameImpact(call: Extract<Call, { type: 'mcp' }>): Impact {
  const { hints } = call;
  const named = byName(call.name);
  for (const key of ['sql', 'query', 'statement']) {
    const value = call.arguments?.[key];
    if (
      typeof value === 'string' &&
      /\b(?:select|insert|update|delete|drop|truncate|alter|create|grant)\b/i.test(value)
    )
      return statementImpact(value);
  }
  if (hints?.destructive === true)
    return {
      impact: 'destructive',
      reversible: 'unknown',
      says: 'the server itself calls the tool destructive',
      from: 'annotation',
    };
  if (hints?.readOnly === true) {
    // A server that calls a deleting tool read-only is not believed.
    if (named.impact === 'destructive')
      return { ...named, says: `${named.says}, although the server calls it read-only` };
    return {
      impact: 'informational',
      reversible: 'not-needed',
      says: 'the server calls the tool read-only',
      from: 'annotation',
    };
  }
  return named;
}

function byName(name: string): Impact {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  let found: Impact | null = null;
  for (const part of parts) {
    for (const [pattern, impact, reversible, says] of words) {
      if (!pattern.test(part)) continue;
      if (found === null || order.indexOf(impact) > order.indexOf(found.impact))
        found = { impact, reversible, says, from: 'name' };
      break;
    }
  }
  return (
    found ?? {
      impact: 'operational',
      reversible: 'unknown',
      says: 'neither the server nor its name says what the tool does',
      from: 'unknown',
    }
  );
}
