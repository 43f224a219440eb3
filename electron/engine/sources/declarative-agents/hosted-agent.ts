import type { JsonValue } from '../../../../shared/model/facts.ts';
import { folderOf, placeBelow } from '../infrastructure/placed-facts.ts';
import { credentialRef } from '../keys.ts';
import { type FlowFacts, literalSecret, shortName } from '../low-code/flow-facts.ts';
import { providerOf } from '../low-code/services.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import {
  entriesOf,
  type Entry,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textsOf,
} from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';
import type { AssetRef } from '../source.ts';
import { emitTool } from './prompt-agent.ts';

/**
 * Services of `azure.yaml` with `host: azure.ai.agent` (Azure Developer CLI, extension `azure.ai.agents`, 2026): a deployment
 * whose agent is code in `project`; and `kind: hosted` files beside it.
 */
export function emitAzdProject(facts: FlowFacts, root: Node): boolean {
  const services = entriesOf(nodeOf(root, 'services')).slice(0, 200);
  const hosts = (entry: Entry, host: RegExp): boolean => host.test(scalarText(nodeOf(entry.node, 'host')) ?? '');
  const agents = services.filter((entry) => hosts(entry, /^azure\.ai\.agent$/));
  if (agents.length === 0) return false;
  const refs = new Map<string, AssetRef>();
  for (const entry of agents)
    refs.set(
      entry.key,
      emitRuntime(
        facts,
        entry.node,
        scalarText(nodeOf(entry.node, 'name')) ?? entry.key,
        entry,
        scalarText(nodeOf(entry.node, 'project')) ?? '.',
      ),
    );
  for (const entry of services) {
    if (!hosts(entry, /^azure\.ai\.toolbox$/)) continue;
    const users = agents
      .filter((agent) => textsOf(nodeOf(agent.node, 'uses')).includes(entry.key))
      .flatMap((agent) => refs.get(agent.key) ?? []);
    for (const user of users) {
      const falseGates: JsonValue[] = [];
      for (const tool of itemsOf(nodeOf(entry.node, 'tools')).slice(0, 100))
        emitTool(facts, user, tool, falseGates, []);
      if (falseGates.length > 0)
        facts.builder.asset({
          ...user,
          name: shortName(entry.key),
          properties: { falseGates },
          lines: { line: entry.line, endLine: entry.line },
          confidence: facts.confidence,
        });
    }
  }
  return true;
}

export function emitHosted(facts: FlowFacts, root: Node, fallbackName: string): void {
  const named = entryOf(root, 'name') ?? entryOf(root, 'kind');
  emitRuntime(
    facts,
    root,
    scalarText(nodeOf(root, 'name')) ?? fallbackName,
    named === undefined ? root : { line: named.line, endLine: named.line },
    '.',
  );
}

function emitRuntime(facts: FlowFacts, node: Node, name: string, at: Span, project: string): AssetRef {
  const span = { line: at.line, endLine: at.line };
  const code = placeBelow(folderOf(facts.place), project) ?? folderOf(facts.place);
  const secrets: JsonValue[] = [];
  const ref = facts.builder.asset({
    kind: 'workload',
    key: `foundry:${code}#${shortName(name)}`,
    name: shortName(name),
    properties: {
      kind: 'agent-runtime',
      framework: facts.framework,
      product: 'Foundry hosted agent',
      runsIn: 'azure',
      runs: 'agent',
      certain: true,
      runtimeName: shortName(name),
      codeFolder: code,
      protocols: itemsOf(nodeOf(node, 'protocols'))
        .slice(0, 20)
        .map((one) => shortName(scalarText(nodeOf(one, 'protocol')) ?? scalarText(one) ?? '')),
    },
    lines: span,
    confidence: facts.confidence,
  });
  for (const { name: variable, value, span: where } of environmentOf(node)) {
    if (!isCredentialName(variable)) continue;
    const kind = literalSecret(variable, value);
    if (kind !== null)
      secrets.push({ where: `env.${shortName(variable)}`, kind, place: facts.place, line: where.line });
    const credential = facts.builder.asset({
      ...credentialRef(shortName(variable)),
      name: shortName(variable),
      properties: { supplied: 'environment' },
      lines: linesOf(where),
      confidence: facts.confidence,
    });
    facts.relation('authenticates-with', ref, credential, where);
  }
  for (const deployment of [
    ...itemsOf(nodeOf(node, 'config', 'deployments')),
    ...itemsOf(nodeOf(node, 'deployments')),
  ].slice(0, 50)) {
    const model = entryOf(deployment, 'model', 'name');
    const id = scalarText(model?.node);
    if (model !== undefined && id !== undefined && !/\$\{|^=/.test(id))
      facts.model(ref, id, model, providerOf(scalarText(nodeOf(deployment, 'model', 'format')) ?? ''), 'deployment');
  }
  if (secrets.length > 0)
    facts.builder.asset({
      ...ref,
      name: shortName(name),
      properties: { literalSecrets: secrets },
      lines: span,
      confidence: facts.confidence,
    });
  return ref;
}

type Variable = { readonly name: string; readonly value: string; readonly span: Span };

/** A map, or a list of `{name, value}`; under several names. */
function environmentOf(node: Node): readonly Variable[] {
  return ['env', 'environmentVariables', 'environment_variables'].flatMap((key): readonly Variable[] => {
    const found = nodeOf(node, key);
    const pairs = entriesOf(found).map((entry) => ({
      name: entry.key,
      value: scalarText(entry.node) ?? '',
      span: entry as Span,
    }));
    const listed = itemsOf(found).flatMap((item) => {
      const name = scalarText(nodeOf(item, 'name')) ?? scalarText(nodeOf(item, 'key'));
      return name === undefined ? [] : [{ name, value: scalarText(nodeOf(item, 'value')) ?? '', span: item as Span }];
    });
    return [...pairs, ...listed].slice(0, 200);
  });
}
