import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { booleanOf, itemsOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import type { AssetRef } from '../source.ts';
import { type Effect, effectOf, httpClasses } from '../low-code/effects.ts';
import type { FlowFacts } from '../low-code/flow-facts.ts';
import { type Arrows, around, arrowsOf, isOnEveryWay } from '../low-code/graph.ts';
import { providerOf } from '../low-code/services.ts';
import { variablesIn } from './chat-flow.ts';
import { type Flow, type FlowBox, inputSpan, inputText } from './graph.ts';
import { emitTool, emitToolStep, listOf } from './tools.ts';

/** Agents of agent flows (version 2): the box holds model, messages, tools and knowledge in its own inputs. */
export function emitAgentFlow(
  facts: FlowFacts,
  flow: Flow,
  workload: AssetRef,
  prefix: string,
  properties: Properties,
): number {
  const arrows = arrowsOf(flow.arrows);
  const agents = flow.boxes.filter((box) => box.name === 'agentAgentflow');
  for (const box of flow.boxes) emitStep(facts, box, workload, prefix);
  for (const box of agents) emitAgent(facts, flow, arrows, box, workload, prefix, properties);
  return agents.length;
}

function emitAgent(
  facts: FlowFacts,
  flow: Flow,
  arrows: Arrows,
  box: FlowBox,
  workload: AssetRef,
  prefix: string,
  properties: Properties,
): void {
  const key = `${prefix}${box.id}`;
  const ref: AssetRef = facts.ref('agent', key);
  const unknown: Properties[] = [];
  if (!emitModel(facts, ref, box, 'agent'))
    unknown.push({ reason: 'its model is not named in the flow', place: facts.place, line: box.span.line });
  emitPrompts(facts, ref, box, key);
  const tools: { name: string; ref: AssetRef }[] = [];
  itemsOf(nodeOf(box.inputs, 'agentTools'))
    .slice(0, 100)
    .forEach((item, index) => {
      const library = textOf(nodeOf(item, 'agentSelectedTool'));
      if (library === undefined || library === '') return;
      const made = emitTool(facts, ref, {
        key: `${key}/${library}[${index}]`,
        library,
        label: library,
        settings: nodeOf(item, 'agentSelectedToolConfig'),
        credentials: [],
        span: item,
      });
      if (made === null) return;
      tools.push({ name: library, ref: made });
      const asks = nodeOf(item, 'agentSelectedToolRequiresHumanInput');
      if (booleanOf(asks) === true || scalarText(asks) === 'true')
        facts.gate(ref, {
          key: `${key}/${library}[${index}]/gate`,
          name: `approval of ${library}`,
          span: asks ?? item,
          mechanism: 'requires human input',
          grade: 'human-per-call',
          onNoAnswer: 'waits',
          covers: [made],
          coverNames: [library],
        });
    });
  for (const vendor of ['OpenAI', 'Gemini', 'Anthropic'])
    for (const name of listOf(nodeOf(box.inputs, `agentToolsBuiltIn${vendor}`))) {
      const effect = hosted(name, box);
      tools.push({
        name,
        ref: facts.tool(ref, {
          key: `${key}/builtin/${name}`,
          name,
          span: inputSpan(box, `agentToolsBuiltIn${vendor}`),
          library: `${vendor} ${name}`,
          form: 'hosted',
          effect,
        }),
      });
    }
  emitKnowledge(facts, ref, box, key);
  const { gates, falseGates } = emitFlowGates(facts, flow, arrows, box, ref, tools, prefix);
  const memory = booleanOf(nodeOf(box.inputs, 'agentEnableMemory')) === true;
  const start = flow.boxes.find((one) => one.name === 'startAgentflow');
  facts.agent(
    key,
    box.label,
    box.span,
    {
      ...properties,
      language: 'flowise',
      construct: box.name,
      ...(start === undefined
        ? {}
        : {
            exposure: [
              {
                kind: inputText(start, 'startInputType') === 'formInput' ? 'form' : 'chat',
                how: inputText(start, 'startInputType') ?? 'chatInput',
                place: facts.place,
                line: start.span.line,
              },
            ],
          }),
      ...(memory ? { memory: inputText(box, 'agentMemoryType') ?? 'allMessages' } : {}),
      ...(gates.length === 0 ? {} : { gates }),
      ...(falseGates.length === 0 ? {} : { falseGates }),
      ...(unknown.length === 0 ? {} : { unknown }),
    },
    unknown.length > 0,
  );
  facts.relation('executes', workload, ref, box.span);
}

const hosted = (name: string, box: FlowBox): Effect =>
  /search|url|fetch/i.test(name)
    ? effectOf(['reads-untrusted'], `${name} of the provider`, box.span)
    : effectOf(['executes-code'], `${name} of the provider, in its sandbox`, box.span);

function emitModel(facts: FlowFacts, user: AssetRef, box: FlowBox, word: string): boolean {
  const library = inputText(box, `${word}Model`);
  const config = `${word}ModelConfig`;
  const key = ['customModelName', 'modelName', 'model', 'deploymentName', 'azureOpenAIApiDeploymentName'].find(
    (name) => inputText(box, config, name) !== undefined,
  );
  const id = key === undefined ? undefined : inputText(box, config, key);
  if (library === undefined || key === undefined || id === undefined) return false;
  facts.model(user, id, inputSpan(box, config, key), providerOf(library), word === 'agent' ? 'chat' : word);
  const credential = inputText(box, config, 'credential') ?? inputText(box, config, 'FLOWISE_CREDENTIAL_ID');
  if (credential !== undefined) facts.credential(user, library, '', inputSpan(box, config));
  return true;
}

function emitPrompts(facts: FlowFacts, ref: AssetRef, box: FlowBox, key: string): void {
  itemsOf(nodeOf(box.inputs, 'agentMessages'))
    .slice(0, 30)
    .forEach((message, index) => {
      const body = textOf(nodeOf(message, 'content'));
      if (body !== undefined && body.trim() !== '')
        facts.prompt(
          ref,
          `${key}/messages[${index}]`,
          `${box.label} ${textOf(nodeOf(message, 'role')) ?? 'message'}`,
          body,
          message,
          variablesIn(body),
        );
    });
  const user = inputText(box, 'agentUserMessage');
  if (user !== undefined)
    facts.prompt(
      ref,
      `${key}/agentUserMessage`,
      `${box.label} user message`,
      user,
      inputSpan(box, 'agentUserMessage'),
      variablesIn(user),
    );
}

function emitKnowledge(facts: FlowFacts, ref: AssetRef, box: FlowBox, key: string): void {
  const add = (item: Node, name: string, product: string, index: number): void => {
    const store = facts.store({
      key: `vector:${facts.place}#${key}/knowledge[${index}]/${product}`,
      name,
      kind: 'vector',
      product,
      span: item,
    });
    facts.relation('reads', ref, store, item, { role: 'knowledge' });
  };
  itemsOf(nodeOf(box.inputs, 'agentKnowledgeDocumentStores'))
    .slice(0, 50)
    .forEach((item, index) => {
      const named = textOf(nodeOf(item, 'documentStore')) ?? '';
      if (named !== '') add(item, named.slice(named.indexOf(':') + 1), 'document store', index);
    });
  itemsOf(nodeOf(box.inputs, 'agentKnowledgeVSEmbeddings'))
    .slice(0, 50)
    .forEach((item, index) => {
      const product = textOf(nodeOf(item, 'vectorStore')) ?? '';
      if (product !== '') add(item, textOf(nodeOf(item, 'knowledgeName')) ?? product, product, index);
    });
}

/** Steps that act by themselves, with what the agents before them gave. */
function emitStep(facts: FlowFacts, box: FlowBox, workload: AssetRef, prefix: string): void {
  switch (box.name) {
    case 'llmAgentflow':
      emitModel(facts, workload, box, 'llm');
      return;
    case 'conditionAgentAgentflow':
      emitModel(facts, workload, box, 'conditionAgent');
      return;
    case 'toolAgentflow': {
      const library = inputText(box, 'toolAgentflowSelectedTool');
      if (library !== undefined)
        emitToolStep(facts, workload, {
          key: `${prefix}${box.id}`,
          library,
          label: box.label,
          settings: nodeOf(box.inputs, 'toolAgentflowSelectedToolConfig'),
          credentials: [],
          span: box.span,
        });
      return;
    }
    case 'customFunctionAgentflow':
      facts.step(workload, {
        name: box.label,
        span: box.span,
        library: box.name,
        effect: effectOf(['executes-code'], 'runs code of the flow', box.span, 'medium', false),
      });
      return;
    case 'httpAgentflow': {
      const host =
        /^[a-z][a-z0-9+.-]*:\/\/([^/?#{}$\s]{1,253})/i.exec(
          (inputText(box, 'url') ?? '').replace(/<[^>]{0,200}>/g, ''),
        )?.[1] ?? null;
      const method = inputText(box, 'method') ?? 'GET';
      const effect = effectOf(httpClasses(method, host === null), `${method.slice(0, 10)} request`, box.span);
      facts.step(workload, { name: box.label, span: box.span, library: box.name, effect });
      const service = facts.service('web', host, box.span);
      for (const one of effect.capabilities)
        if (one.class === 'reads-untrusted' || one.class === 'sends-outside')
          facts.relation(one.class === 'reads-untrusted' ? 'ingests' : 'egresses-to', workload, service, box.span);
      return;
    }
    default:
  }
}

function emitFlowGates(
  facts: FlowFacts,
  flow: Flow,
  arrows: Arrows,
  agent: FlowBox,
  ref: AssetRef,
  tools: readonly { readonly name: string; readonly ref: AssetRef }[],
  prefix: string,
): { readonly gates: readonly string[]; readonly falseGates: readonly JsonValue[] } {
  const gates: string[] = [];
  const falseGates: JsonValue[] = [];
  const before = around(arrows, agent.id, 'before');
  const after = around(arrows, agent.id, 'after');
  for (const box of flow.boxes) {
    if (box.name !== 'humanInputAgentflow' || (!before.has(box.id) && !after.has(box.id))) continue;
    // Which of its two ways out leads on is drawn in the flow: the box itself branches.
    if (before.has(box.id) && isOnEveryWay(arrows, box.id, agent.id)) {
      facts.gate(ref, {
        key: `${prefix}${box.id}`,
        name: box.label,
        span: box.span,
        mechanism: 'human input step',
        grade: 'human-per-plan',
        onNoAnswer: 'waits',
        covers: tools.map((one) => one.ref),
        coverNames: tools.map((one) => one.name),
        properties: { stands: 'before the agent' },
      });
      gates.push(box.label.slice(0, 200));
    } else
      falseGates.push(
        facts.falseGate(
          'human input step',
          before.has(box.id)
            ? `${box.label}: some ways to the agent go past it`
            : `${box.label}: asked after the agent has run, when its tools have acted already`,
          box.span,
        ),
      );
  }
  return { gates, falseGates };
}
