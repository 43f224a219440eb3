import { awsTerraformTypes } from '../infrastructure/aws/types.ts';
import { emitAws } from '../infrastructure/aws/emit-aws.ts';
import { azureTerraformTypes, azureTypes, emitAzure } from '../infrastructure/azure.ts';
import { Estate, type Resource } from '../infrastructure/estate.ts';
import { at, knownText } from '../infrastructure/expression.ts';
import { PlacedFacts } from '../infrastructure/placed-facts.ts';
import type { CodeSource, LinkContext, Linked, ModuleSummary } from '../source.ts';
import { emitBackends } from './backend.ts';
import { asSchema, isTerraformFile, summarise } from './file.ts';
import { emitGoogle, googleTypes } from './google.ts';
import { TerraformProject } from './project.ts';

/** Agents, their accounts and what they reach in Terraform and OpenTofu (language 1.9 to 1.14; providers by name). */
export const terraformSource: CodeSource = {
  kind: 'code',
  id: 'terraform/agents',
  version: 1,
  title: 'Agents in Terraform and OpenTofu',
  product: 'terraform',
  productTitle: 'Terraform',
  extensions: ['.tf', '.tofu', '.tf.json', '.tofu.json', '.tfvars'],
  // Every file of a folder is one module: what an agent names may stand in a file without one.
  keywords: ['resource', 'module', 'variable', 'locals', 'output', 'data', '='],
  emits: [
    'agent',
    'model',
    'prompt',
    'tool',
    'mcp-server',
    'identity',
    'credential',
    'data-store',
    'external-service',
    'workload',
    'approval-gate',
    'guardrail',
  ],
  summarise,
  link,
};

/** Type of a resource in the words that all infrastructure languages share. */
const typeOf = (terraformType: string): string | null =>
  awsTerraformTypes.get(terraformType) ??
  googleTypes.get(terraformType) ??
  azureTerraformTypes.get(terraformType) ??
  (/^azapi_(?:resource|update_resource)$/.test(terraformType) ? 'azapi' : null);

/** `azapi_resource` writes a resource of Azure as it is: its `type` says which, its `body` what. */
function asAzure(resource: Resource): readonly Resource[] {
  if (resource.type !== 'azapi') return [resource];
  const type = azureTypes.get((knownText(at(resource.body, 'type')) ?? '').split('@')[0]?.toLowerCase() ?? '');
  if (type === undefined) return [];
  const inner = at(resource.body, 'body');
  const entries = new Map([...resource.body.entries, ...(inner?.kind === 'map' ? inner.entries : [])]);
  const parent = resource.body.entries.get('parent_id');
  if (parent !== undefined) entries.set('parent', parent);
  return [{ ...resource, type, body: { ...resource.body, entries } }];
}

/** A scan root without any of these has no agent in it, and is not evaluated. */
const agentTypes =
  /^aws_bedrock|^google_(?:vertex_ai_reasoning|dialogflow|discovery_engine)|^azurerm_(?:cognitive|ai_|machine_learning)|^azapi_/;

function link(modules: readonly ModuleSummary[], _context: LinkContext): Linked {
  const files: ConstructorParameters<typeof TerraformProject>[0][number][] = [];
  const schemas = new Map<string, ReturnType<typeof asSchema>>();
  for (const { place, content } of [...modules].sort((a, b) => (a.place < b.place ? -1 : 1))) {
    if (isTerraformFile(content)) files.push({ place, content });
    else schemas.set(place, asSchema(content));
  }
  const project = new TerraformProject(files, typeOf);
  if (![...project.types()].some((type) => agentTypes.test(type))) return { readings: [], wanted: [] };
  const facts = new PlacedFacts();
  const wanted = new Set<string>();
  const estate = new Estate({
    facts,
    resources: project.resources().flatMap(asAzure),
    schemaAt: (place) => schemas.get(place) ?? null,
    want: (place) => wanted.add(place),
  });
  emitAws(estate);
  emitGoogle(estate);
  emitAzure(estate);
  emitBackends(project, facts);
  for (const { place } of modules) wanted.delete(place);
  return { readings: facts.readings(), wanted: [...wanted].sort() };
}
