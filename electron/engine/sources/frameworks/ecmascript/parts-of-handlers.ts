import type { FunctionSummary, Statement } from '../../python/summary.ts';
import type { FunctionValue } from '../../python/values.ts';

/**
 * What a handler of all calls does for one tool: from the comparison with its name to the one with another. Statements
 * before the first comparison belong to all.
 */
export function partFor(handler: FunctionValue, name: string, names: ReadonlySet<string>): FunctionValue {
  const body: Statement[] = [];
  let current: ReadonlySet<string> | null = null;
  let labels = false;
  let line = handler.spot.line;
  for (const statement of handler.function.body) {
    const compared = comparedNames(statement, names);
    if (compared.length > 0) {
      // Labels that follow each other share what comes after.
      current = labels && current !== null ? new Set([...current, ...compared]) : new Set(compared);
      labels = true;
      if (compared.includes(name)) line = statement.line;
    } else labels = false;
    if (current === null || current.has(name)) body.push(statement);
  }
  const summary: FunctionSummary = { ...handler.function, body };
  return { ...handler, function: summary, spot: { ...handler.spot, line } };
}

/** Names of tools that a statement compares something with: `name === 'run'`, `case 'run':`. */
export function comparedNames(statement: Statement, names: ReadonlySet<string>): readonly string[] {
  if (statement.kind !== 'expression' || statement.value.kind !== 'other' || statement.value.compares !== true)
    return [];
  return statement.value.parts.flatMap((part) => (part.kind === 'text' && names.has(part.value) ? [part.value] : []));
}
