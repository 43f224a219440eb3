import type { Impact } from './impact.ts';

const clients = new Set([
  'psql',
  'mysql',
  'mariadb',
  'sqlite3',
  'sqlcmd',
  'clickhouse-client',
  'duckdb',
  'mongosh',
  'bq',
  'snowsql',
  'cockroach',
]);

/** SQL that a client is given on its command line; null for other programs. */
export function sqlImpact(program: string, rest: readonly (string | null)[]): Impact | null {
  if (!clients.has(program)) return null;
  const texts = rest.filter((word): word is string => word !== null && /\s/.test(word));
  if (rest.includes(null))
    return {
      impact: 'destructive',
      reversible: 'unknown',
      says: 'runs statements on a database that are computed',
      from: 'unknown',
    };
  if (texts.length === 0)
    return {
      impact: 'operational',
      reversible: 'unknown',
      says: 'opens a database; the statements are not on the command line',
      from: 'unknown',
    };
  return statementImpact(texts.join(';'));
}

/** By the worst keyword outside of quotes and comments. */
export function statementImpact(sql: string): Impact {
  const plain = sql
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .toLowerCase();
  const has = (pattern: RegExp): boolean => pattern.test(plain);
  if (has(/\b(?:drop|truncate)\b|\bdropdatabase\b|\.drop\(/))
    return { impact: 'destructive', reversible: 'no', says: 'drops or empties tables or databases', from: 'catalogue' };
  if (has(/\bdelete\b|\.delete(?:one|many)\(|\.remove\(/))
    return {
      impact: 'destructive',
      reversible: 'no',
      says: has(/\bwhere\b/) ? 'deletes rows' : 'deletes every row',
      from: 'catalogue',
    };
  if (has(/\bupdate\b/))
    return {
      impact: has(/\bwhere\b/) ? 'operational' : 'destructive',
      reversible: 'no',
      says: has(/\bwhere\b/) ? 'changes rows' : 'changes every row',
      from: 'catalogue',
    };
  if (has(/\b(?:grant|revoke|alter|create)\b/))
    return {
      impact: 'operational',
      reversible: 'partly',
      says: 'changes the shape or the rights of a database',
      from: 'catalogue',
    };
  if (has(/\b(?:insert|merge|copy|replace|upsert|call|do|vacuum|import)\b/))
    return { impact: 'operational', reversible: 'partly', says: 'adds or changes rows', from: 'catalogue' };
  if (has(/\b(?:select|show|explain|describe|values|with|pragma|find)\b|\\d/))
    return { impact: 'informational', reversible: 'not-needed', says: 'reads from a database', from: 'catalogue' };
  return {
    impact: 'operational',
    reversible: 'unknown',
    says: 'a statement that is not in the catalogue',
    from: 'unknown',
  };
}
