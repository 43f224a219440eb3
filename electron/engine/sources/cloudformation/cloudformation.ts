import { emitAws } from '../infrastructure/aws/emit-aws.ts';
import { awsCloudFormationTypes } from '../infrastructure/aws/types.ts';
import { type ApiSchema, isApiSchema, readApiSchema } from '../infrastructure/api-schema.ts';
import { Estate, type Resource } from '../infrastructure/estate.ts';
import { type Expression, knownText, type MapValue, type Spot, type Value } from '../infrastructure/expression.ts';
import { PlacedFacts } from '../infrastructure/placed-facts.ts';
import { pathText, resolve, type Scope } from '../infrastructure/resolve.ts';
import type { CodeSource, FileInput, LinkContext, Linked, ModuleSummary } from '../source.ts';
import { isTemplate, readTemplate, type Template } from './template.ts';

/** Agents and their roles in templates: CloudFormation, SAM, and what the CDK writes to `cdk.out` (reference of 2026). */
export const cloudFormationSource: CodeSource = {
  kind: 'code',
  id: 'cloudformation/agents',
  version: 1,
  title: 'Agents in CloudFormation, SAM and CDK templates',
  product: 'cloudformation',
  productTitle: 'CloudFormation',
  extensions: ['.yaml', '.yml', '.json', '.template'],
  // A role may stand in another template than the agent that imports it: `AWS::IAM` brings those along.
  keywords: ['AWS::Bedrock', 'AWS::IAM::Role'],
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

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { template, problems } = readTemplate(file.text);
  const base = { place: file.place, sha256: file.sha256 };
  // A file that only mentions the words (documentation, a schema) is no template and no mistake.
  if (template === null) {
    const looksLike = /^\s*(?:"?Resources"?\s*:|\{[\s\S]{0,2000}"Resources"\s*:)/m.test(file.text.slice(0, 20_000));
    const api = /\bopenapi\b|\bpaths\b/.test(file.text.slice(0, 5000)) ? readApiSchema(file.text) : null;
    const issues = looksLike ? problems.map(({ line, message }) => ({ line, message })) : [];
    return { ...base, status: issues.length > 0 ? 'malformed' : 'read', content: api, issues };
  }
  return {
    ...base,
    status: 'read',
    content: template,
    issues: problems.map(({ line, message }) => ({ line, message })),
  };
}

type Placed = { readonly place: string; readonly template: Template };

function link(modules: readonly ModuleSummary[], _context: LinkContext): Linked {
  const placed: Placed[] = [];
  const schemas = new Map<string, ApiSchema>();
  for (const { place, content } of [...modules].sort((a, b) => (a.place < b.place ? -1 : 1))) {
    if (isTemplate(content)) placed.push({ place, template: content });
    else if (isApiSchema(content)) schemas.set(place, content);
  }
  const withAgents = placed.filter(({ template }) => template.resources.some(({ type }) => /^AWS::Bedrock/.test(type)));
  if (withAgents.length === 0) return { readings: [], wanted: [] };
  const facts = new PlacedFacts();
  const wanted = new Set<string>();
  const exports = new Map<string, Value>();
  const scopes = new Map(placed.map((one) => [one.place, scopeOf(one, exports)]));
  for (const one of placed) collectExports(one, scopes.get(one.place), exports);
  const resources = placed.flatMap((one) => resourcesOf(one, scopes.get(one.place)));
  const estate = new Estate({
    facts,
    resources: withoutCopies(resources),
    schemaAt: (place) => schemas.get(place) ?? null,
    want: (place) => wanted.add(place),
  });
  emitAws(estate);
  for (const { place } of modules) wanted.delete(place);
  return { readings: facts.readings(), wanted: [...wanted].sort() };
}

function scopeOf({ place, template }: Placed, exports: ReadonlyMap<string, Value>): Scope {
  const ids = new Set(template.resources.map((resource) => resource.id));
  const parameters = new Map(template.parameters);
  const scope: Scope = {
    place,
    lookup(path, spot, depth) {
      const [root = '', ...rest] = path;
      if (ids.has(root))
        return {
          ...spot,
          kind: 'resource',
          link: { id: `${place}#${root}`, attribute: rest.join('.') },
          text: pathText(path),
        };
      const fallback = parameters.get(root);
      if (fallback !== undefined && fallback !== null && !(fallback.k === 'text' && fallback.v === ''))
        return resolve(fallback, scope, depth);
      return { ...spot, kind: 'unknown', text: pathText(path), links: [] };
    },
    call(name, args, spot) {
      if (name !== 'import') return null;
      const key = exportKey(args[0]);
      const found = key === undefined ? undefined : exports.get(key);
      // It stands where it is used.
      return found === undefined ? null : { ...found, ...spot };
    },
  };
  return scope;
}

/** Names of exports hold the name of the stack, which no file knows: `${Network}-RoleArn` meets `${AWS::StackName}-RoleArn`. */
function exportKey(value: Value | undefined): string | undefined {
  const text = knownText(value) ?? (value?.kind === 'text' ? value.text : undefined);
  return text?.replace(/\$\{[^}]*\}/g, '*');
}

function collectExports(one: Placed, scope: Scope | undefined, exports: Map<string, Value>): void {
  if (scope === undefined) return;
  for (const output of one.template.outputs) {
    const key = output.exported === null ? undefined : exportKey(resolve(output.exported, scope));
    // A name that two templates export means neither.
    if (key === undefined || key === '*') continue;
    exports.set(key, resolve(output.value, scope));
  }
}

function resourcesOf({ place, template }: Placed, scope: Scope | undefined): readonly Resource[] {
  if (scope === undefined) return [];
  return template.resources.flatMap((resource): Resource[] => {
    const type = awsCloudFormationTypes.get(resource.type);
    if (type === undefined) return [];
    const value = resolve(withDefaults(resource.type, resource.properties, template), scope);
    const spot: Spot = { place, line: resource.line, endLine: resource.endLine };
    const body: MapValue = value.kind === 'map' ? value : { ...spot, kind: 'map', entries: new Map() };
    return [{ ...spot, id: `${place}#${resource.id}`, type, address: resource.id, body, language: 'cloudformation' }];
  });
}

/** What `Globals` says for every function of a SAM template. */
function withDefaults(type: string, properties: Expression, template: Template): Expression {
  const defaults = template.functionDefaults;
  if (type !== 'AWS::Serverless::Function' || defaults?.k !== 'map' || properties.k !== 'map') return properties;
  const own = new Set(properties.entries.map(([key]) => key));
  return { ...properties, entries: [...properties.entries, ...defaults.entries.filter(([key]) => !own.has(key))] };
}

/** A nested or copied `cdk.out` holds the same template again: one resource of one name in equal words is one. */
function withoutCopies(resources: readonly Resource[]): readonly Resource[] {
  const seen = new Set<string>();
  return resources.filter((resource) => {
    if (!resource.place.includes('/cdk.out/') || !resource.place.includes('/asset.')) return true;
    const key = `${resource.type} ${resource.address}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
