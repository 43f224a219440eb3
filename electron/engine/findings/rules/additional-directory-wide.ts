import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const keys = /(?:^|\.)(?:writable_roots|allowedPaths|additionalReadwritePaths|extraReadWritePaths)$/;
const wide =
  /^(?:\/|~\/?|\/home(?:\/[^/]+)?\/?|\/Users(?:\/[^/]+)?\/?|\$HOME\/?|\$\{HOME\}\/?|[A-Za-z]:[\\/]?|(?:\.\.\/){2,}|\/\*\*|~\/\*\*)$/;

export const additionalDirectoryWide: Rule = {
  id: 'additional-directory-wide',
  title: 'A whole home or disk is opened to the agent',
  version: 1,
  why: 'Folders beside the project hold keys, other projects and the settings of other programs.',
  fix: 'Name the one folder that the work needs.',
  references: references('OWASP-ASI-2026:ASI03', 'NIST-SP-800-53:AC-6'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) => isInUse(agent) && ('additionalDirectories' in agent.properties || 'sandbox' in agent.properties),
      ),
  judge(agent): readonly Judgement[] {
    const folders = [
      ...placedOf(agent, 'additionalDirectories').map((one) => ({ one, path: textOf(one['path']) })),
      ...placedOf(agent, 'sandbox')
        .filter((one) => keys.test(textOf(one['key'])))
        .flatMap((one) =>
          (Array.isArray(one['value']) ? one['value'] : []).map((path: unknown) => ({ one, path: textOf(path) })),
        ),
    ];
    return folders
      .filter(({ path }) => wide.test(path.trim()))
      .map(
        ({ one, path }): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${agent.name}: ${path} is opened as if it belonged to the project.`,
          evidence: evidenceOf(agent, one),
          detail: path,
        }),
      );
  },
};
