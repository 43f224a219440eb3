import { type FlowFacts, shortName } from '../low-code/flow-facts.ts';
import { providerOf } from '../low-code/services.ts';
import type { Span } from '../parse/node.ts';
import type { AssetRef } from '../source.ts';
import { edgesInto, type Scene } from './scene.ts';
import { type FlowNode, isExpression, parameter, parameterSpan } from './workflow.ts';

/** Models wired to an agent, through a selector as well; tells how many there are. */
export function emitModels(
  scene: Scene,
  node: FlowNode,
  ref: AssetRef,
  say: (reason: string, span: Span) => void,
): number {
  const { facts, workflow } = scene;
  let found = 0;
  const seen = new Set<FlowNode>();
  const follow = (user: FlowNode, role: string): void => {
    for (const [index, edge] of edgesInto(workflow, user, 'ai_languageModel').entries()) {
      if (seen.has(edge.from)) continue;
      seen.add(edge.from);
      const model = edge.from;
      // A selector has models of its own wired in.
      if (edgesInto(workflow, model, 'ai_languageModel').length > 0) {
        found++;
        follow(model, 'selected at run time');
        continue;
      }
      found++;
      modelOf(facts, ref, model, index === 0 ? role : role === 'chat' ? 'fallback' : role, say);
    }
  };
  follow(node, 'chat');
  const own = /^(?:openAi|openAiAssistant|anthropic|googleGemini|ollama)$/.test(node.base);
  if (own && found === 0) {
    found++;
    modelOf(facts, ref, node, 'chat', say);
  }
  return found;
}

const modelParameters = ['model', 'modelId', 'modelName', 'deploymentName', 'deployment'] as const;

/** The model that a node names; what it leaves to its default or to run time is said. */
export function modelOf(
  facts: FlowFacts,
  user: AssetRef,
  node: FlowNode,
  role: string,
  say: (reason: string, span: Span) => void,
): void {
  const key = modelParameters.find((name) => parameter(node, name) !== undefined);
  const id = key === undefined ? undefined : parameter(node, key);
  const provider = providerOf(node.base);
  if (key === undefined || id === undefined) {
    const assistant = parameter(node, 'assistantId');
    say(
      assistant === undefined
        ? `the model of "${shortName(node.name)}" is the default of its type`
        : `the assistant of "${shortName(node.name)}" lives at its provider, with its own model and tools`,
      node.span,
    );
  } else if (isExpression(id))
    say(`the model of "${shortName(node.name)}" is computed at run time`, parameterSpan(node, key));
  else facts.model(user, id, parameterSpan(node, key), provider, role);
  for (const credential of node.credentials) facts.credential(user, credential.type, credential.name, credential.span);
}
