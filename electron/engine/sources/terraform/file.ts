import { type ApiSchema, isApiSchema, readApiSchema } from '../infrastructure/api-schema.ts';
import type { Expression } from '../infrastructure/expression.ts';
import { loadGrammar } from '../infrastructure/grammar.ts';
import { parseJson } from '../parse/json-document.ts';
import type { FileInput, Issue, ModuleSummary } from '../source.ts';
import { jsonBlocks } from './json-syntax.ts';
import { type Block, blocksOf } from './syntax.ts';

/** A configuration file, or one with values of variables. */
export type TerraformFile = {
  readonly kind: 'terraform';
  readonly blocks: readonly Block[];
  readonly values: Expression | null;
};

export const isTerraformFile = (content: unknown): content is TerraformFile =>
  typeof content === 'object' && content !== null && (content as { kind?: unknown }).kind === 'terraform';

export const asSchema = (content: unknown): ApiSchema | null => (isApiSchema(content) ? content : null);

export async function summarise(file: FileInput): Promise<ModuleSummary> {
  const done = (
    content: unknown,
    issues: readonly Issue[] = [],
    status: 'read' | 'malformed' = 'read',
  ): ModuleSummary => ({
    place: file.place,
    sha256: file.sha256,
    status,
    content,
    issues,
  });
  if (/\.(?:tf|tofu)\.json$|\.auto\.tfvars\.json$/.test(file.place)) {
    const { root, problems } = parseJson(file.text);
    const issues = problems.map(({ line, message }) => ({ line, message }));
    if (root === null) return done(null, issues, 'malformed');
    return done({ kind: 'terraform', blocks: jsonBlocks(root), values: null } satisfies TerraformFile, issues);
  }
  if (!/\.(?:tf|tofu|tfvars)$/.test(file.place)) return done(readApiSchema(file.text));
  const parsed = (await loadGrammar('terraform')).parse(file.text);
  if (!parsed.ok) return done(null, [{ line: null, message: parsed.why }], 'malformed');
  const { blocks, attributes } = blocksOf(parsed.root, file.text);
  const issues = parsed.errorLines.map((line) => ({ line, message: 'not understood as HCL' }));
  const values = file.place.endsWith('.tfvars') ? attributes : null;
  return done(
    { kind: 'terraform', blocks, values } satisfies TerraformFile,
    issues,
    blocks.length === 0 && issues.length > 0 ? 'malformed' : 'read',
  );
}
