import { evidenceOfVerdict, type FindingContext } from '../context.ts';
import { evidenceAt, isInRepository, isInUse, type Placed, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';
import type { StoredAsset } from '../../store/repos/merged-facts.ts';

/** `.env` files with values, by folder, and one line of each. */
const filled = new WeakMap<
  FindingContext,
  ReadonlyMap<string, { readonly asset: StoredAsset; readonly form: Placed }>
>();

function envFiles(
  context: FindingContext,
): ReadonlyMap<string, { readonly asset: StoredAsset; readonly form: Placed }> {
  const known = filled.get(context);
  if (known !== undefined) return known;
  const found = new Map<string, { asset: StoredAsset; form: Placed }>();
  for (const asset of context.all('credential'))
    for (const form of placedOf(asset, 'forms')) {
      if (textOf(form['host']) !== 'env-file' || textOf(form['form']) !== 'literal') continue;
      const folder = form.place.slice(0, Math.max(0, form.place.lastIndexOf('/')));
      if (!found.has(folder)) found.set(folder, { asset, form });
    }
  filled.set(context, found);
  return found;
}

const folderOf = (agent: StoredAsset): string =>
  agent.key.includes('@') ? agent.key.slice(agent.key.indexOf('@') + 1) : '';

export const envFileReadable: Rule = {
  id: 'env-file-readable',
  title: 'Secrets of an .env file can be read unasked',
  version: 1,
  why: 'The values go into the context, and from there wherever the agent can send.',
  fix: 'Deny reading `.env` for tools and for the shell (`cat .env` is another rule), or keep the values out of the folder.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-LLM-2025:LLM02:2025', 'OWASP-AISVS:9.5.4'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) =>
          isInUse(agent) &&
          isInRepository(folderOf(agent)) &&
          envFiles(context).has(folderOf(agent)) &&
          context.verdict(agent, 'read: .env') !== null,
      ),
  judge(agent, context): readonly Judgement[] {
    const file = envFiles(context).get(folderOf(agent));
    if (file === undefined) return [];
    const name = file.form.place.split('/').at(-1) ?? '.env';
    const byTool = context.verdict(agent, `read: ${name}`);
    const byShell = context.verdict(agent, `run: cat ${name}`);
    const ways = [
      ...(byTool?.verdict === 'allow' ? [{ words: 'with its tool', answer: byTool }] : []),
      ...(byShell?.verdict === 'allow' ? [{ words: 'with the shell', answer: byShell }] : []),
    ];
    const [first] = ways;
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name} can read ${file.form.place} ${ways.map(({ words }) => words).join(' and ')} unasked.`,
        evidence: [...evidenceOfVerdict(agent, first.answer), evidenceAt(file.asset, file.form.place, file.form.line)],
        detail: name,
      },
    ];
  },
};
