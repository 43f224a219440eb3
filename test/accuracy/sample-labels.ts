import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AssetKind } from '../../shared/kinds.ts';
import type { LabelledItem } from './label-format.ts';
import type { Judged } from './match.ts';

const placed = z.looseObject({
  name: z.string(),
  at: z.string(),
  declaredIn: z.string().optional(),
  declaredAt: z.string().optional(),
  codeAt: z.string().optional(),
});
const truthSchema = z.looseObject({
  agents: z.array(placed),
  tools: z.array(placed),
  mcpServers: z.array(placed),
  models: z.array(placed.omit({ name: true }).extend({ model: z.string() })),
  dataStores: z.array(placed),
  identities: z.array(
    placed.omit({ at: true }).extend({
      id: z.string(),
      at: z.string().optional(),
      references: z.array(z.string()).optional(),
    }),
  ),
  nonFindings: z.array(z.strictObject({ at: z.string(), why: z.string() })),
});

/** The answers of one sample workspace, as labels. Every kind that the truth lists is complete there. */
export function labelsOfSample(fixtures: string, workspace: string): Judged {
  const truth = truthSchema.parse(
    JSON.parse(readFileSync(join(fixtures, 'sample-workspaces', `${workspace}.truth.json`), 'utf8')),
  );
  const items = [
    ...truth.agents.map((one) =>
      itemOf('agent', one.name.replace('this repository', workspace), one.at, one.declaredIn, one.codeAt),
    ),
    ...truth.tools.map((one) => itemOf('tool', one.name, one.at)),
    ...truth.mcpServers.map((one) => itemOf('mcp-server', one.name, one.at)),
    ...truth.models.map((one) => itemOf('model', one.model, one.at)),
    ...truth.dataStores.map((one) => itemOf('data-store', one.name, one.at)),
    ...truth.identities.map((one) =>
      itemOf(
        one.id.startsWith('cred:') ? 'credential' : 'identity',
        one.name,
        ...([one.at, one.declaredAt, ...(one.references ?? [])].filter((at) => at !== undefined) as [string]),
      ),
    ),
  ];
  return {
    covers: [''],
    complete: ['agent', 'tool', 'mcp-server', 'model', 'data-store', 'credential', 'identity'],
    items,
    negative: truth.nonFindings
      .filter(({ why }) => /\bno agent\b|\bno tool\b|not an agent|stand-in class/.test(why))
      .map(({ at, why }) => ({ file: splitPlace(at).file, why })),
  };
}

function itemOf(kind: AssetKind, name: string, at: string, ...also: readonly (string | undefined)[]): LabelledItem {
  const further = also.filter((one) => one !== undefined).filter((one) => /:\d+$/.test(one));
  return { kind, name, ...splitPlace(at), ...(further.length === 0 ? {} : { also: further }) };
}

function splitPlace(at: string): { readonly file: string; readonly line: number | null } {
  const match = /^(.+):(\d+)$/.exec(at);
  return match === null ? { file: at, line: null } : { file: match[1] ?? at, line: Number(match[2]) };
}
