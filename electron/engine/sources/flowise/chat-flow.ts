import type { Properties } from '../../../../shared/model/facts.ts';
import { booleanOf, nodeOf } from '../parse/node.ts';
import type { AssetRef } from '../source.ts';
import { effectOf } from '../low-code/effects.ts';
import type { FlowFacts } from '../low-code/flow-facts.ts';
import { providerOf } from '../low-code/services.ts';
import { type Flow, type FlowBox, inputSpan, inputText, referencesOf } from './graph.ts';
import { emitTool } from './tools.ts';

/** A sequential model step is an agent where a tool node runs the tools that it calls. */
const isAgent = (flow: Flow, box: FlowBox): boolean =>
  box.category === 'Agents' ||
  /^(?:supervisor|worker|seqAgent)$/.test(box.name) ||
  (box.name === 'seqLLMNode' && toolNodesOf(flow, box).length > 0);

const toolNodesOf = (flow: Flow, box: FlowBox): readonly FlowBox[] =>
  flow.boxes.filter(
    (one) => one.name === 'seqToolNode' && referencesOf(nodeOf(one.inputs, 'llmNode')).includes(box.id),
  );

/** Agents that run code which the model writes, without a tool. */
const codeAgents = /^(?:csvAgent|airtableAgent)$/;

/** Agents of chat flows, of multi-agent and of sequential flows: one box each, wired by references in its inputs. */
export function emitChatFlow(
  facts: FlowFacts,
  flow: Flow,
  workload: AssetRef,
  prefix: string,
  properties: Properties,
): number {
  const boxes = new Map(flow.boxes.map((box) => [box.id, box]));
  const refs = new Map<string, AssetRef>();
  const agents = flow.boxes.filter((box) => isAgent(flow, box));
  for (const box of agents) refs.set(box.id, facts.ref('agent', `${prefix}${box.id}`));
  const named = (box: FlowBox, input: string): readonly FlowBox[] =>
    referencesOf(nodeOf(box.inputs, input)).flatMap((id) => boxes.get(id) ?? []);

  for (const box of agents) {
    const ref = refs.get(box.id) ?? workload;
    const unknown: Properties[] = [];
    for (const prompt of [
      'systemMessage',
      'systemMessagePrompt',
      'supervisorPrompt',
      'workerPrompt',
      'humanMessagePrompt',
      'instructions',
    ]) {
      const body = inputText(box, prompt);
      if (body !== undefined)
        facts.prompt(
          ref,
          `${prefix}${box.id}/${prompt}`,
          `${nameOf(box)} ${prompt}`,
          body,
          inputSpan(box, prompt),
          variablesIn(body),
        );
    }
    if (!emitModels(facts, flow, box, ref, named))
      unknown.push({
        reason:
          box.name === 'openAIAssistant'
            ? 'the assistant lives at its provider, with its own model and tools'
            : 'no model is wired to it',
        place: facts.place,
        line: box.span.line,
      });
    const tools = [box, ...toolNodesOf(flow, box)]
      .flatMap((holder) => ['tools', 'tool'].flatMap((input) => named(holder, input)))
      .flatMap((tool) => {
        const made = emitTool(facts, ref, {
          key: `${prefix}${tool.id}`,
          library: tool.name,
          label: tool.label,
          settings: tool.inputs,
          credentials: tool.credentials,
          span: tool.span,
        });
        if (made === null) return [];
        for (const input of ['retriever', 'vectorStore', 'queryEngine', 'baseQueryEngine'])
          for (const store of named(tool, input))
            facts.relation('reads', made, emitStore(facts, store, prefix), tool.span);
        return [{ name: tool.label, ref: made }];
      });
    for (const input of ['memory', 'agentMemory'])
      for (const memory of named(box, input)) emitMemory(facts, ref, memory, prefix);
    for (const store of named(box, 'vectorStoreRetriever'))
      facts.relation('reads', ref, emitStore(facts, store, prefix), box.span);
    for (const credential of box.credentials) facts.credential(ref, credential, '', box.span);
    const approves = [box, ...toolNodesOf(flow, box)].some(
      (one) => booleanOf(nodeOf(one.inputs, 'interrupt')) === true,
    );
    if (approves)
      facts.gate(ref, {
        key: `${prefix}${box.id}/interrupt`,
        name: `approval of ${nameOf(box)}`,
        span: inputSpan(box, 'interrupt'),
        mechanism: 'interrupt',
        grade: 'human-per-call',
        onNoAnswer: 'waits',
        covers: tools.map((one) => one.ref),
        coverNames: tools.map((one) => one.name),
      });
    for (const leader of named(box, 'supervisor')) {
      const from = refs.get(leader.id);
      if (from !== undefined)
        facts.relation('delegates-to', from, ref, inputSpan(box, 'supervisor'), { how: 'supervisor' });
    }
    const capabilities = codeAgents.test(box.name)
      ? effectOf(['executes-code', 'reads-private'], `${box.name} runs code that the model writes`, box.span)
          .capabilities
      : [];
    facts.agent(
      `${prefix}${box.id}`,
      nameOf(box),
      box.span,
      {
        ...properties,
        language: 'flowise',
        construct: box.name,
        ...(inputText(box, 'maxIterations') === undefined
          ? {}
          : { settings: { maxIterations: inputText(box, 'maxIterations') ?? '' } }),
        ...(capabilities.length === 0 ? {} : { capabilities: capabilities.map((one) => facts.capability(one)) }),
        ...(unknown.length === 0 ? {} : { unknown }),
      },
      unknown.length > 0,
    );
    facts.relation('executes', workload, ref, box.span);
  }
  if (agents.length === 0)
    for (const box of flow.boxes) {
      if (isModel(box)) emitModel(facts, workload, box, 'chain');
      if (box.category === 'Vector Stores') facts.relation('reads', workload, emitStore(facts, box, prefix), box.span);
    }
  return agents.length;
}

const nameOf = (box: FlowBox): string =>
  inputText(box, 'agentName') ??
  inputText(box, 'llmNodeName') ??
  inputText(box, 'supervisorName') ??
  inputText(box, 'workerName') ??
  box.label;

const isModel = (box: FlowBox): boolean => /^(?:Chat Models|LLMs)$/.test(box.category);

/** Its own model, else the one of the supervisor or of the start of a sequential flow. */
function emitModels(
  facts: FlowFacts,
  flow: Flow,
  box: FlowBox,
  ref: AssetRef,
  named: (box: FlowBox, input: string) => readonly FlowBox[],
): boolean {
  const own = [...named(box, 'model'), ...named(box, 'llm')].filter(isModel);
  const inherited =
    own.length > 0
      ? []
      : [...named(box, 'supervisor'), ...flow.boxes.filter((one) => one.name === 'seqStart' && /^seq/.test(box.name))]
          .flatMap((one) => named(one, 'model'))
          .filter(isModel);
  for (const model of own) emitModel(facts, ref, model, 'chat');
  for (const model of inherited) emitModel(facts, ref, model, 'inherited');
  return own.length + inherited.length > 0;
}

function emitModel(facts: FlowFacts, user: AssetRef, box: FlowBox, role: string): void {
  const key = ['modelName', 'model', 'customModel', 'deploymentName', 'azureOpenAIApiDeploymentName'].find(
    (name) => inputText(box, name) !== undefined,
  );
  const id = key === undefined ? undefined : inputText(box, key);
  if (key !== undefined && id !== undefined) facts.model(user, id, inputSpan(box, key), providerOf(box.name), role);
  for (const credential of box.credentials) facts.credential(user, credential, '', box.span);
}

function emitMemory(facts: FlowFacts, user: AssetRef, box: FlowBox, prefix: string): void {
  const store = facts.store({
    key: `memory:${facts.place}#${prefix}${box.id}`,
    name: box.label,
    kind: 'memory',
    product: box.name,
    span: box.span,
    properties: { inMemory: /^buffer/.test(box.name) },
  });
  for (const kind of ['reads', 'writes'] as const) facts.relation(kind, user, store, box.span, { role: 'memory' });
  for (const credential of box.credentials) facts.credential(store, credential, '', box.span);
}

export function emitStore(facts: FlowFacts, box: FlowBox, prefix: string): AssetRef {
  const collection = [
    'pineconeIndex',
    'indexName',
    'collectionName',
    'qdrantCollection',
    'tableName',
    'selectedStore',
    'milvusCollection',
    'weaviateIndex',
  ].flatMap((name) => inputText(box, name) ?? [])[0];
  const store = facts.store({
    key: `vector:${facts.place}#${prefix}${box.id}`,
    name: collection ?? box.label,
    kind: 'vector',
    product: box.name,
    span: box.span,
    properties: { inMemory: box.name === 'memoryVectorStore' },
  });
  for (const credential of box.credentials) facts.credential(store, credential, '', box.span);
  return store;
}

/** What a run puts into a text: `{schema}`, `{{ $form.from }}`. */
export const variablesIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.slice(0, 50_000).matchAll(/\{\{?\s{0,4}([$A-Za-z_][\w.$]{0,80})\s{0,4}\}?\}/g)].flatMap(
      (match) => match[1] ?? [],
    ),
  ),
];
