import { placedRef } from '../../keys.ts';
import type { AssetRef } from '../../source.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, spotOf } from '../expression.ts';
import { emitGuardrail } from './bedrock.ts';
import { runsAs } from './iam.ts';
import { emitLambda, lambdaOf } from './lambda.ts';
import { emitKnowledgeBase, emitModel } from './stores.ts';

/** Flows and prompts of Bedrock: fixed sequences, no agents, unless a node of them is one. */
export function emitFlows(estate: Estate): void {
  for (const flow of estate.ofType('aws/bedrock-flow')) emitFlow(estate, flow);
  for (const prompt of estate.ofType('aws/bedrock-prompt')) emitPrompt(estate, prompt);
}

function emitFlow(estate: Estate, flow: Resource): void {
  const ref: AssetRef = estate.facts.asset(flow, {
    kind: 'workload',
    key: `bedrock-flow:${flow.id}`,
    name: estate.nameOf(flow) ?? flow.address,
    properties: { kind: 'flow', product: 'Amazon Bedrock Flows', declaredAs: flow.address },
    confidence: 'high',
  });
  runsAs(estate, ref, at(flow.body, 'execution_role_arn'));
  const nodes = each(at(flow.body, 'definition', 'nodes') ?? at(flow.body, 'definition', 'node'));
  for (const node of nodes) {
    const configuration = at(node, 'configuration');
    emitModel(estate, ref, at(configuration, 'prompt', 'source_configuration', 'inline', 'model_id'));
    const lambda = lambdaOf(estate, at(configuration, 'lambda_function', 'lambda_arn'));
    if (lambda !== undefined)
      estate.facts.relation(node, { kind: 'executes', from: ref, to: emitLambda(estate, lambda), confidence: 'high' });
    const base = estate.target(at(configuration, 'knowledge_base', 'knowledge_base_id'), 'aws/bedrock-knowledge-base');
    if (base !== undefined)
      estate.facts.relation(node, {
        kind: 'reads',
        from: ref,
        to: emitKnowledgeBase(estate, base),
        confidence: 'high',
      });
    emitGuardrail(
      estate,
      ref,
      at(configuration, 'prompt', 'guardrail_configuration') ??
        at(configuration, 'knowledge_base', 'guardrail_configuration'),
    );
    const alias = estate.target(at(configuration, 'agent', 'agent_alias_arn'), 'aws/bedrock-agent-alias');
    const agent = alias === undefined ? undefined : estate.target(at(alias.body, 'agent_id'), 'aws/bedrock-agent');
    if (agent !== undefined)
      estate.facts.relation(spotOf(node), {
        kind: 'delegates-to',
        from: ref,
        to: placedRef('agent', agent, agent.address),
        confidence: 'high',
      });
  }
}

function emitPrompt(estate: Estate, prompt: Resource): void {
  const ref = estate.facts.asset(prompt, {
    ...placedRef('prompt', prompt, prompt.address),
    name: estate.nameOf(prompt) ?? prompt.address,
    properties: { role: 'prompt', product: 'Amazon Bedrock Prompt Management', declaredAs: prompt.address },
    confidence: 'high',
  });
  for (const variant of each(at(prompt.body, 'variants') ?? at(prompt.body, 'variant')))
    emitModel(estate, ref, at(variant, 'model_id'));
}
