import type { AssetRef } from '../source.ts';
import type { Effect } from '../low-code/effects.ts';
import { classesIn, type FlowFacts, type ModelChosen } from '../low-code/flow-facts.ts';
import { categoryOf } from '../low-code/services.ts';
import { bucketStore } from '../infrastructure/stores.ts';
import { linesOf } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { chooses } from './model-chosen.ts';
import { hostOf, operationOf } from './node-effects.ts';
import { type FlowNode, isExpression, parameter, parameterSpan } from './workflow.ts';

/** What a step needs and reaches: credentials, stores, services, each with the line that says so. */
export function emitReach(
  facts: FlowFacts,
  user: AssetRef,
  node: FlowNode,
  effect: Effect,
  chosen: readonly ModelChosen[],
): void {
  for (const credential of node.credentials) facts.credential(user, credential.type, credential.name, credential.span);
  const classes = classesIn(effect);
  const actions = (['reads', 'writes', 'deletes'] as const).filter((action) =>
    action === 'reads' ? classes.has('reads-private') || classes.has('reads-untrusted') : classes.has(action),
  );
  const store = storeOf(facts, node);
  if (store !== null) for (const action of actions) facts.relation(action, user, store, node.span);
  if (/^(?:httpRequest|toolHttpRequest|graphql)$/.test(node.base)) {
    const service = facts.service('web', hostOf(node), parameterSpan(node, 'url'));
    if (classes.has('reads-untrusted')) facts.relation('ingests', user, service, node.span);
    if (classes.has('sends-outside') || classes.has('writes') || classes.has('deletes'))
      facts.relation('egresses-to', user, service, node.span);
    return;
  }
  const category = categoryOf(node.base);
  if (classes.has('sends-outside')) {
    const to =
      category?.kind === 'mail'
        ? facts.service('mail', null, node.span)
        : productService(facts, category?.kind ?? 'service', category?.product ?? node.base, node);
    facts.relation('egresses-to', user, to, node.span, recipientOf(node, chosen));
  }
  if (classes.has('reads-untrusted') && store === null)
    facts.relation(
      'ingests',
      user,
      category?.kind === 'search' || category === null
        ? facts.service('web', null, node.span)
        : productService(facts, category.kind, category.product, node),
      node.span,
    );
}

export function productService(facts: FlowFacts, kind: string, product: string, node: FlowNode): AssetRef {
  const name = maskText(product.slice(0, 100));
  return facts.builder.asset({
    kind: 'external-service',
    key: `service:${name.toLowerCase()}`,
    name,
    properties: { kind, product: name },
    lines: linesOf(node.span),
    confidence: facts.confidence,
  });
}

const recipientParameters = [
  'toEmail',
  'sendTo',
  'toRecipients',
  'to',
  'toList',
  'channelId',
  'channel',
  'chatId',
  'user',
  'recipientPhoneNumber',
] as const;

/** Who decides where a message goes. */
function recipientOf(node: FlowNode, chosen: readonly ModelChosen[]): { readonly [name: string]: string } {
  if (chooses(chosen, ...recipientParameters)) return { recipient: 'chosen by the model' };
  const found = recipientParameters.flatMap((name) => parameter(node, name) ?? [])[0];
  if (found === undefined) return {};
  return isExpression(found)
    ? { recipient: 'computed at run time' }
    : { recipient: 'fixed', to: maskText(found.slice(0, 200)) };
}

/** The store that a step works on, named by what the workflow calls it. */
export function storeOf(facts: FlowFacts, node: FlowNode): AssetRef | null {
  const category = categoryOf(node.base.replace(/Trigger$/, ''));
  if (node.base.startsWith('vectorStore')) return vectorStore(facts, node);
  if (category === null) return null;
  const credential = node.credentials[0];
  switch (category.kind) {
    case 'database':
      return facts.store({
        key:
          credential === undefined
            ? `database:${facts.place}#${node.name}`
            : `database:n8n:${credential.type}:${credential.name}`,
        name:
          credential === undefined ? `${node.name} (${category.product})` : `${credential.name} (${category.product})`,
        kind: 'database',
        product: category.product,
        span: credential?.span ?? node.span,
        properties: credential === undefined ? {} : { connection: maskText(credential.name.slice(0, 200)) },
      });
    case 'object-store': {
      const bucket = parameter(node, 'bucketName');
      const span = parameterSpan(node, 'bucketName');
      if (bucket === undefined || isExpression(bucket) || !/^[a-z0-9][a-z0-9._-]{1,100}$/i.test(bucket)) return null;
      const draft = bucketStore(category.product === 'Google Cloud Storage' ? 'gs' : 's3', bucket);
      return facts.builder.asset({ ...draft, lines: linesOf(span), confidence: facts.confidence });
    }
    case 'mail': {
      if (node.base === 'emailSend' || !/^(?:emailReadImap|gmail|microsoftOutlook)/.test(node.base)) return null;
      if (!/Trigger$|^emailReadImap$/.test(node.base) && /^(?:send|reply)/i.test(operationOf(node).text ?? 'send'))
        return null;
      const name = credential?.name ?? node.name;
      return facts.store({
        key: `mailbox:n8n:${credential?.type ?? node.base}:${name}`,
        name: `${name} (mailbox)`,
        kind: 'saas',
        product: category.product,
        span: node.span,
        properties: { trust: 'anybody can write', content: 'mail' },
      });
    }
    case 'files':
      if (/File/.test(node.base))
        return facts.store({
          key: `files:${facts.place}`,
          name: 'files of the n8n server',
          kind: 'files',
          product: 'file system',
          span: node.span,
        });
      return facts.store({
        key: `saas:${category.product}`,
        name: category.product,
        kind: 'saas',
        product: category.product,
        span: node.span,
      });
    case 'saas':
      return facts.store({
        key: `saas:${category.product}`,
        name: category.product,
        kind: 'saas',
        product: category.product,
        span: node.span,
      });
    default:
      return null;
  }
}

const collectionParameters = [
  'pineconeIndex',
  'qdrantCollection',
  'tableName',
  'memoryKey',
  'milvusCollection',
  'weaviateCollection',
  'mongoCollection',
  'chromaCollection',
  'indexName',
  'redisIndex',
] as const;

function vectorStore(facts: FlowFacts, node: FlowNode): AssetRef {
  const product = node.base.replace(/^vectorStore/, '').replace(/(?:Insert|Load)$/, '') || 'vector store';
  const key = collectionParameters.find((name) => parameter(node, name) !== undefined);
  const written = key === undefined ? undefined : parameter(node, key);
  const collection = written === undefined || isExpression(written) ? undefined : written;
  const credential = node.credentials[0];
  const where = credential === undefined ? facts.place : `${credential.type}:${credential.name}`;
  return facts.store({
    key: `vector:n8n:${where}#${product}/${collection ?? node.name}`,
    name: collection ?? node.name,
    kind: 'vector',
    product,
    span: key === undefined ? node.span : parameterSpan(node, key),
    properties: {
      inMemory: product === 'InMemory',
      ...(collection === undefined ? {} : { collection: maskText(collection.slice(0, 200)) }),
    },
  });
}

/** Memory of a conversation; whoever can name a session reads it. */
export function memoryStore(facts: FlowFacts, node: FlowNode): AssetRef {
  const product = node.base.replace(/^memory/, '');
  const key = parameter(node, 'sessionKey');
  const custom = parameter(node, 'sessionIdType') === 'customKey' || (key !== undefined && isExpression(key));
  const credential = node.credentials[0];
  return facts.store({
    key:
      credential === undefined
        ? `memory:${facts.place}#${node.name}`
        : `memory:n8n:${credential.type}:${credential.name}/${parameter(node, 'tableName') ?? product}`,
    name: credential === undefined ? node.name : `${node.name} (${credential.name})`,
    kind: 'memory',
    product,
    span: node.span,
    properties: {
      inMemory: product === 'BufferWindow',
      session: custom
        ? {
            chosenBy: 'expression',
            expression: maskText((key ?? '').slice(0, 200)),
            place: facts.place,
            line: parameterSpan(node, 'sessionKey').line,
          }
        : { chosenBy: 'chat session' },
    },
  });
}
