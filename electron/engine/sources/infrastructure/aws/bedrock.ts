import { createHash } from 'node:crypto';
import type { Properties } from '../../../../../shared/model/facts.ts';
import { promptFacts } from '../../host/prompts.ts';
import { placedRef } from '../../keys.ts';
import { maskText } from '../../parse/secrets.ts';
import type { AssetRef } from '../../source.ts';
import { classesOfName, type Operation } from '../api-schema.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, knownText, shownText, type Spot, spotOf, type Value } from '../expression.ts';
import { linesAt } from '../placed-facts.ts';
import { runsAs } from './iam.ts';
import { emitLambda, lambdaOf } from './lambda.ts';
import { operationsOf } from './operations.ts';
import { emitKnowledgeBase, emitModel } from './stores.ts';

const framework = 'bedrock-agents';

/** Agents of Bedrock Agents (provider documentation of Terraform 6.x; CloudFormation resource reference, 2026). */
export function emitBedrockAgents(estate: Estate): void {
  const agents = estate.ofType('aws/bedrock-agent');
  for (const agent of agents) emitAgent(estate, agent);
  for (const agent of agents) emitCollaborators(estate, agent);
}

const agentRef = (agent: Resource): AssetRef => placedRef('agent', agent, agent.address);

function emitAgent(estate: Estate, agent: Resource): AssetRef {
  const name = estate.nameOf(agent, 'agent_name') ?? agent.address;
  const collaboration = estate.text(at(agent.body, 'agent_collaboration'));
  const ref = estate.reserve(
    agent,
    estate.facts.asset(agent, {
      ...agentRef(agent),
      name,
      properties: {
        framework,
        host: framework,
        language: agent.language,
        location: 'cloud',
        declaredAs: agent.address,
        ...description(estate, agent),
        ...(collaboration === undefined ? {} : { collaboration }),
        encryptionKey: at(agent.body, 'customer_encryption_key_arn') === undefined ? 'AWS owned' : 'customer managed',
        ...(estate.text(at(agent.body, 'idle_session_ttl_in_seconds')) === undefined
          ? {}
          : { idleSessionSeconds: Number(estate.text(at(agent.body, 'idle_session_ttl_in_seconds'))) }),
        aliases: estate
          .pointingAt(agent, 'agent_id', 'aws/bedrock-agent-alias')
          .map((alias) => estate.nameOf(alias, 'agent_alias_name') ?? alias.address),
      },
      confidence: 'high',
    }),
  );
  runsAs(estate, ref, at(agent.body, 'agent_resource_role_arn'));
  emitModel(estate, ref, at(agent.body, 'foundation_model'));
  emitInstruction(estate, agent, ref, name);
  emitGuardrail(estate, ref, at(agent.body, 'guardrail_configuration'));
  for (const association of estate.pointingAt(agent, 'agent_id', 'aws/bedrock-knowledge-base-association'))
    emitLookup(estate, ref, at(association.body, 'knowledge_base_id'), at(association.body, 'knowledge_base_state'));
  for (const association of each(at(agent.body, 'knowledge_bases')))
    emitLookup(estate, ref, at(association, 'knowledge_base_id'), at(association, 'knowledge_base_state'));
  for (const group of estate.pointingAt(agent, 'agent_id', 'aws/bedrock-action-group'))
    emitActionGroup(estate, ref, group.body, group, group);
  for (const group of each(at(agent.body, 'action_groups'))) emitActionGroup(estate, ref, group, group, null);
  return ref;
}

const description = (estate: Estate, resource: Resource): Properties => {
  const text = estate.text(at(resource.body, 'description'));
  return text === undefined ? {} : { description: maskText(text.slice(0, 500)) };
};

function emitInstruction(estate: Estate, agent: Resource, ref: AssetRef, name: string): void {
  const value = at(agent.body, 'instruction');
  if (value === undefined) return;
  const file = knownText(at(value, '%file'));
  const text = knownText(value) ?? (value.kind === 'text' ? value.text : '');
  promptFacts(estate.facts.builder(value.place), {
    name: `${name} instructions`,
    role: 'agent',
    host: framework,
    key: `${agent.address}/instruction`,
    body: file === undefined ? text : '',
    lines: linesAt(value),
    properties: file === undefined ? {} : { file: maskText(file) },
    user: ref,
  });
}

/** The guardrail of a configuration block: what it filters, as written. */
export function emitGuardrail(estate: Estate, from: AssetRef, configuration: Value | undefined): void {
  const identifier = at(configuration, 'guardrail_identifier');
  if (identifier === undefined) return;
  const guardrail = estate.target(identifier, 'aws/bedrock-guardrail');
  const to = guardrail === undefined ? unknownGuardrail(estate, identifier) : emitGuardrailResource(estate, guardrail);
  estate.facts.relation(identifier, {
    kind: 'guarded-by',
    from,
    to,
    properties: { version: maskText(estate.shown(at(configuration, 'guardrail_version')) ?? 'unknown') },
    confidence: 'high',
  });
}

const unknownGuardrail = (estate: Estate, identifier: Value): AssetRef => {
  const text = maskText((shownText(identifier) ?? 'unknown').slice(0, 200));
  return estate.facts.asset(identifier, {
    kind: 'guardrail',
    key: `bedrock-guardrail:${text}`,
    name: text,
    properties: { kind: 'bedrock-guardrail', filters: 'not in these files' },
    confidence: 'medium',
    dynamic: true,
  });
};

export function emitGuardrailResource(estate: Estate, guardrail: Resource): AssetRef {
  return estate.once(guardrail, () => {
    const filters: Properties[] = [];
    const add = (kind: string, value: Value | undefined, keys: readonly string[]): void => {
      for (const item of each(value)) {
        const facts = keys.flatMap((key) => {
          const text = estate.shown(at(item, key));
          return text === undefined ? [] : [[key, maskText(text.slice(0, 200))] as const];
        });
        filters.push({ kind, ...Object.fromEntries(facts), place: item.place, line: item.line });
      }
    };
    const { body } = guardrail;
    add('content', at(body, 'content_policy_config', 'filters_config'), [
      'type',
      'input_strength',
      'output_strength',
      'input_action',
      'output_action',
    ]);
    add('pii', at(body, 'sensitive_information_policy_config', 'pii_entities_config'), [
      'type',
      'action',
      'input_action',
      'output_action',
    ]);
    add('pattern', at(body, 'sensitive_information_policy_config', 'regexes_config'), ['name', 'action']);
    add('topic', at(body, 'topic_policy_config', 'topics_config'), ['name', 'type']);
    add('word', at(body, 'word_policy_config', 'managed_word_lists_config'), ['type']);
    add('grounding', at(body, 'contextual_grounding_policy_config', 'filters_config'), ['type', 'threshold']);
    return estate.facts.asset(guardrail, {
      kind: 'guardrail',
      key: `bedrock-guardrail:${guardrail.id}`,
      name: estate.nameOf(guardrail) ?? guardrail.address,
      properties: { kind: 'bedrock-guardrail', declaredAs: guardrail.address, filters },
      confidence: 'high',
    });
  });
}

function emitLookup(estate: Estate, from: AssetRef, id: Value | undefined, state: Value | undefined): void {
  if (id === undefined) return;
  const base = estate.target(id, 'aws/bedrock-knowledge-base');
  const properties = { state: estate.text(state) ?? 'ENABLED' };
  const to =
    base === undefined
      ? estate.facts.asset(id, {
          kind: 'data-store',
          key: `bedrock-knowledge-base:${id.place}#${maskText((shownText(id) ?? '').slice(0, 100))}`,
          name: `knowledge base ${maskText((shownText(id) ?? 'unknown').slice(0, 100))}`,
          properties: { kind: 'vector', product: 'Amazon Bedrock Knowledge Bases' },
          confidence: 'medium',
          dynamic: true,
        })
      : emitKnowledgeBase(estate, base);
  estate.facts.relation(id, { kind: 'reads', from, to, properties, confidence: 'high' });
}

function emitActionGroup(estate: Estate, agent: AssetRef, body: Value, spot: Spot, group: Resource | null): void {
  const name = estate.text(at(body, 'action_group_name')) ?? localName(group) ?? 'action group';
  const signature = at(body, 'parent_action_group_signature');
  const signed = estate.text(signature);
  const disabled = /^disabled$/i.test(estate.text(at(body, 'action_group_state')) ?? '');
  const use = (tool: AssetRef, at: Spot): void =>
    estate.facts.relation(at, {
      kind: 'uses',
      from: agent,
      to: tool,
      properties: { actionGroup: name, enabled: !disabled },
      confidence: 'high',
    });
  if (signature !== undefined && signed !== undefined) {
    const tool = estate.facts.asset(signature, {
      ...placedRef('tool', { place: spot.place }, `${agent.key.split('#').at(-1) ?? ''}/${signed}`),
      name: signed,
      properties: {
        framework,
        form: 'built-in',
        actionGroup: name,
        capabilities: /CodeInterpreter|Computer|Bash|TextEditor/.test(signed)
          ? [
              {
                class: 'executes-code',
                place: signature.place,
                line: signature.line,
                because: `${signed} runs code`,
                confidence: 'high',
              },
            ]
          : [],
        capabilitiesKnown: true,
      },
      confidence: 'high',
    });
    use(tool, signature);
    return;
  }
  const executor = at(body, 'action_group_executor');
  const control = estate.text(at(executor, 'custom_control'));
  const lambda = lambdaOf(estate, at(executor, 'lambda'));
  const { operations, unresolved } = operationsOf(estate, body, group);
  if (unresolved) use(emitUnresolved(estate, name, spot, lambda), spotOf(spot));
  for (const { operation, place } of operations) {
    const ref = emitOperation(estate, operation, place, {
      framework,
      actionGroup: name,
      lambda,
      executor: at(executor, 'lambda'),
    });
    use(ref, { place, line: operation.line, endLine: operation.endLine });
    if (operation.confirmation?.enabled === true) {
      const line = { place, line: operation.confirmation.line, endLine: operation.confirmation.line };
      emitGate(estate, ref, line, `confirmation of ${operation.name}`, {
        mechanism: operation.path === '' ? 'requireConfirmation' : 'x-requireConfirmation',
        grade: 'human-per-call',
        why: 'Bedrock asks the user before the call',
      });
    }
    if (control === 'RETURN_CONTROL') {
      const where = at(executor, 'custom_control') ?? spot;
      emitGate(estate, ref, spotOf(where), `return of control for ${name}`, {
        mechanism: 'RETURN_CONTROL',
        grade: 'unknown',
        why: 'the calling application gets the call and decides; whether a person is asked is not in these files',
      });
    }
  }
}

/** `custom` of `aws_bedrockagent_agent_action_group.custom["a"]`. */
const localName = (group: Resource | null): string | undefined => group?.address.replace(/\[.*$/, '').split('.').at(-1);

/** An action group whose operations only variables tell: one tool that stands for what will be there. */
function emitUnresolved(estate: Estate, name: string, spot: Spot, lambda: Resource | undefined): AssetRef {
  const tool = estate.facts.asset(spot, {
    ...placedRef('tool', spot, `action-group/${name}`),
    name,
    properties: {
      framework,
      form: 'action group',
      actionGroup: name,
      operations: 'decided by variables',
      capabilities: [],
      capabilitiesKnown: false,
    },
    confidence: 'medium',
    dynamic: true,
  });
  if (lambda !== undefined) {
    const workload = emitLambda(estate, lambda);
    estate.facts.relation(spot, { kind: 'executes', from: tool, to: workload, confidence: 'high' });
  }
  return tool;
}

function emitGate(estate: Estate, tool: AssetRef, spot: Spot, name: string, properties: Properties): void {
  const gate = estate.facts.asset(spot, {
    ...placedRef('approval-gate', spot, `${tool.key.split('#').at(-1) ?? ''}/gate`),
    name,
    properties,
    confidence: 'high',
  });
  estate.facts.relation(spot, { kind: 'gated-by', from: tool, to: gate, confidence: 'high' });
}

/** One tool for one operation of one function, whoever exposes it. */
export function emitOperation(
  estate: Estate,
  operation: Operation,
  place: string,
  context: {
    readonly framework: string;
    readonly actionGroup: string;
    readonly lambda: Resource | undefined;
    readonly executor: Value | undefined;
  },
): AssetRef {
  const spot = { place, line: operation.line, endLine: operation.endLine };
  const key =
    context.lambda === undefined
      ? `${place}#${context.actionGroup}/${operation.name}`
      : `${context.lambda.id}/${operation.name}`;
  const classes = classesOfName(operation.name, operation.method);
  const workload = context.lambda === undefined ? null : emitLambda(estate, context.lambda);
  const tool = estate.facts.asset(spot, {
    kind: 'tool',
    key,
    name: operation.name,
    properties: {
      framework: context.framework,
      form: operation.path === '' ? 'function' : 'api operation',
      ...(operation.path === '' ? {} : { operation: `${operation.method.toUpperCase()} ${operation.path}` }),
      ...(operation.description === ''
        ? {}
        : {
            description: maskText(operation.description.slice(0, 500)),
            descriptionSha256: createHash('sha256').update(operation.description).digest('hex'),
          }),
      ...(operation.confirmation === null
        ? {}
        : { requiresConfirmation: operation.confirmation.enabled, confirmationLine: operation.confirmation.line }),
      capabilities: classes.map((one) => ({
        class: one,
        place,
        line: operation.line,
        because: 'its name says so',
        confidence: 'low',
      })),
      capabilitiesKnown: false,
    },
    confidence: 'high',
    dynamic: /\$\{|^each\.|\.value\b|^unnamed /.test(operation.name),
  });
  if (workload !== null && context.lambda !== undefined) {
    estate.facts.relation(spot, { kind: 'executes', from: tool, to: workload, confidence: 'high' });
    runsAs(estate, tool, at(context.lambda.body, 'role'));
  }
  return tool;
}

function emitCollaborators(estate: Estate, agent: Resource): void {
  const from = agentRef(agent);
  const link = (value: Value | undefined, spot: Spot, name: string | undefined): void => {
    const alias = estate.target(value, 'aws/bedrock-agent-alias');
    const target =
      alias === undefined
        ? estate.target(value, 'aws/bedrock-agent')
        : estate.target(at(alias.body, 'agent_id'), 'aws/bedrock-agent');
    if (target === undefined || target.id === agent.id) return;
    estate.facts.relation(spot, {
      kind: 'delegates-to',
      from,
      to: agentRef(target),
      properties: name === undefined ? {} : { name: maskText(name) },
      confidence: 'high',
    });
  };
  for (const one of estate.pointingAt(agent, 'agent_id', 'aws/bedrock-collaborator'))
    link(at(one.body, 'agent_descriptor', 'alias_arn'), one, estate.nameOf(one, 'collaborator_name'));
  for (const one of each(at(agent.body, 'agent_collaborators')))
    link(at(one, 'agent_descriptor', 'alias_arn'), one, estate.text(at(one, 'collaborator_name')));
}
