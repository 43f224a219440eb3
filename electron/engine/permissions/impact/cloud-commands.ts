import type { Impact } from './impact.ts';

const clouds = new Set(['aws', 'gcloud', 'az', 'oci', 'doctl', 'gsutil', 'azcopy', 's3cmd', 'bq']);

/** Verbs of cloud command lines; a name such as `delete-db-instance` begins with its verb. AWS CLI 2, gcloud, az (2026). */
const verbs: readonly (readonly [RegExp, Impact['impact'], Impact['reversible'], string])[] = [
  [
    /^(?:delete|remove|terminate|destroy|purge|rb|rm|deregister|disassociate|detach|revoke|reset|schedule-key-deletion|batch-delete|empty)(?:$|-)/,
    'destructive',
    'no',
    'deletes or takes away cloud resources',
  ],
  [
    /^(?:stop|reboot|disable|suspend|drain|failover|cancel)(?:$|-)/,
    'destructive',
    'yes',
    'stops or switches off cloud resources',
  ],
  [
    /^(?:list|describe|get|show|head|ls|search|lookup|query|select|batch-get|wait|tail|filter|estimate|preview|check|test|simulate|validate)(?:$|-)/,
    'informational',
    'not-needed',
    'reads from the cloud',
  ],
  [
    /^(?:assume-role|sso|login|configure|auth|activate)(?:$|-)/,
    'operational',
    'yes',
    'changes who the command line acts as',
  ],
  [
    /^(?:put|create|update|modify|set|add|attach|associate|register|run|start|invoke|send|publish|copy|cp|mv|sync|import|restore|enable|tag|untag|deploy|apply|upload|mb|allocate|authorize|change|grant|assign|rotate|exec|execute|ssh)(?:$|-)/,
    'operational',
    'partly',
    'changes or makes cloud resources',
  ],
];

/** Null for programs that are no cloud command line. Groups come before the verb, so the first word that is a verb decides. */
export function cloudImpact(program: string, rest: readonly (string | null)[]): Impact | null {
  if (!clouds.has(program)) return null;
  const operands = rest.filter((word): word is string => word !== null && !word.startsWith('-'));
  const sync = program === 'aws' && operands[0] === 's3' && operands[1] === 'sync' && rest.includes('--delete');
  if (sync)
    return {
      impact: 'destructive',
      reversible: 'no',
      says: 'copies and deletes what the source does not have',
      from: 'catalogue',
    };
  for (const operand of operands.slice(0, 5)) {
    for (const [pattern, impact, reversible, says] of verbs)
      if (pattern.test(operand)) return { impact, reversible, says: `${program}: ${says}`, from: 'catalogue' };
  }
  return {
    impact: 'operational',
    reversible: 'unknown',
    says: `${program}: a verb that is not in the catalogue`,
    from: 'unknown',
  };
}
