import type { PlacedStatement } from '../source.ts';
import { text, texts } from '../host/fact-view.ts';
import { compileCodeOwnerPattern, type CodeOwnerPattern } from './code-owner-pattern.ts';

export type CodeOwnerAnswer = {
  readonly owners: readonly string[];
  readonly rule: PlacedStatement;
};

/** The rules of one repository. `ownersOf` takes a path below its root; empty where no rule gives the path an owner. */
export type CodeOwnerRules = { ownersOf(path: string): readonly CodeOwnerAnswer[] };

type Rule = { readonly pattern: CodeOwnerPattern; readonly statement: PlacedStatement };

/** Files in the order in which the platforms look; a file in a platform's own folder tells which platform that is. */
const gitHubOrder = ['/.github/CODEOWNERS', '/CODEOWNERS', '/docs/CODEOWNERS'];
const gitLabOrder = ['/CODEOWNERS', '/docs/CODEOWNERS', '/.gitlab/CODEOWNERS'];

/**
 * The rules that count for a repository: of several files the first one of the platform's order, the others are inert. In a
 * file the last match counts; GitLab asks so for every section, and a rule with `!` takes the path out of its section.
 */
export function codeOwnerRules(statements: readonly PlacedStatement[], anchor: string): CodeOwnerRules {
  const own = statements.filter((statement) => statement.anchor === anchor);
  const places = new Set(own.map((statement) => statement.place));
  const order = places.has(`${anchor}/.gitlab/CODEOWNERS`) ? gitLabOrder : gitHubOrder;
  const file = order.map((end) => `${anchor}${end}`).find((place) => places.has(place));
  const sections = new Map<string, Rule[]>();
  for (const statement of own) {
    if (statement.place !== file) continue;
    const dialect = text(statement.properties, 'dialect') === 'gitlab' ? 'gitlab' : 'github';
    const section = text(statement.properties, 'section');
    const rule = { pattern: compileCodeOwnerPattern(statement.subject, dialect), statement };
    const rules = sections.get(section);
    if (rules === undefined) sections.set(section, [rule]);
    else rules.push(rule);
  }
  const known = new Map<string, readonly CodeOwnerAnswer[]>();
  return {
    ownersOf(path) {
      const before = known.get(path);
      if (before !== undefined) return before;
      const answers = [...sections.values()].flatMap((rules): CodeOwnerAnswer[] => {
        if (rules.some(({ pattern, statement }) => statement.properties['excluded'] === true && pattern.matches(path)))
          return [];
        const last = rules.findLast(({ pattern }) => pattern.matches(path));
        const owners = last === undefined ? [] : texts(last.statement.properties, 'owners');
        return last === undefined || owners.length === 0 ? [] : [{ owners, rule: last.statement }];
      });
      known.set(path, answers);
      return answers;
    },
  };
}
