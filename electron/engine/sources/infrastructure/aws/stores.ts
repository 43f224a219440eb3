import type { Properties } from '../../../../../shared/model/facts.ts';
import type { AssetRef } from '../../source.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, pairs, shownText, type Spot, type Value } from '../expression.ts';
import { modelFacts } from '../../host/models.ts';
import { maskText } from '../../parse/secrets.ts';
import { bucketNamed, bucketStore } from '../stores.ts';
import { runsAs } from './iam.ts';

/** Tags that say what is stored: `classification`, `data-classification`, `sensitivity`. */
function labelOf(estate: Estate, resource: Resource): Properties {
  const tags = at(resource.body, 'tags');
  const members =
    tags?.kind === 'list'
      ? tags.items.map((item) => [estate.text(at(item, 'key')) ?? '', at(item, 'value')] as const)
      : pairs(tags);
  for (const [key, value] of members) {
    const text = estate.text(value);
    if (text !== undefined && /^(?:data[-_:]?)?(?:classification|sensitivity|class)$/i.test(key))
      return { label: maskText(text) };
  }
  return {};
}

export function emitBucket(estate: Estate, bucket: Resource): AssetRef {
  return estate.once(bucket, () => {
    const name = estate.nameOf(bucket, 'bucket', 'bucket_name');
    const draft =
      name === undefined
        ? { ...bucketStore('s3', bucket.id), name: `s3 bucket ${bucket.address}`, dynamic: true }
        : bucketStore('s3', name);
    return estate.facts.asset(bucket, {
      ...draft,
      properties: { ...draft.properties, declaredAs: bucket.address, ...labelOf(estate, bucket) },
    });
  });
}

/** The bucket that a value names, by reference or by ARN. */
export function bucketOf(estate: Estate, value: Value | undefined): AssetRef | null {
  if (value === undefined) return null;
  const bucket = estate.target(value, 'aws/s3-bucket', 'aws/s3-bucket-data');
  if (bucket !== undefined) return emitBucket(estate, bucket);
  const named = bucketNamed(estate.text(value) ?? '');
  if (named !== null) return estate.facts.asset(value, bucketStore('s3', named.name));
  const shown = shownText(value);
  if (shown === undefined) return null;
  return estate.facts.asset(value, {
    kind: 'data-store',
    key: `s3:${value.place}#${shown.slice(0, 200)}`,
    name: `s3 bucket ${maskText(shown.slice(0, 100))}`,
    properties: { kind: 'object-store', product: 'Amazon S3' },
    confidence: 'medium',
    dynamic: true,
  });
}

const backing: readonly (readonly [string, string])[] = [
  ['aws/opensearch-collection', 'OpenSearch Serverless'],
  ['aws/s3-vector-index', 'S3 Vectors'],
  ['aws/rds-cluster', 'Aurora'],
];

/** What a Bedrock agent looks things up in: its vectors, its sources, the model that embeds them. */
export function emitKnowledgeBase(estate: Estate, base: Resource): AssetRef {
  const known = estate.refOf(base);
  if (known !== undefined) return known;
  const name = estate.nameOf(base) ?? base.address;
  const type = estate.text(at(base.body, 'storage_configuration', 'type'));
  const backed = backing.find(
    ([kind]) => estate.target(at(base.body, 'storage_configuration'), kind) !== undefined,
  )?.[1];
  const ref = estate.reserve(
    base,
    estate.facts.asset(base, {
      kind: 'data-store',
      key: `bedrock-knowledge-base:${base.id}`,
      name: `knowledge base ${name}`,
      properties: {
        kind: 'vector',
        product: 'Amazon Bedrock Knowledge Bases',
        declaredAs: base.address,
        ...(type === undefined ? {} : { storage: type }),
        ...(backed === undefined ? {} : { backing: backed }),
        ...labelOf(estate, base),
      },
      confidence: 'high',
    }),
  );
  runsAs(estate, ref, at(base.body, 'role_arn'));
  const embedding = at(
    base.body,
    'knowledge_base_configuration',
    'vector_knowledge_base_configuration',
    'embedding_model_arn',
  );
  emitModel(estate, ref, embedding, 'embedding');
  for (const source of estate.pointingAt(base, 'knowledge_base_id', 'aws/bedrock-data-source'))
    emitSource(estate, ref, source);
  return ref;
}

function emitSource(estate: Estate, base: AssetRef, source: Resource): void {
  const configuration = at(source.body, 'data_source_configuration');
  const properties: Properties = { dataSource: estate.nameOf(source) ?? source.address };
  const arn = at(configuration, 's3_configuration', 'bucket_arn');
  const bucket = bucketOf(estate, arn);
  if (bucket !== null && arn !== undefined)
    estate.facts.relation(arn, {
      kind: 'reads',
      from: base,
      to: bucket,
      properties: { ...properties, why: 'indexed' },
      confidence: 'high',
    });
  const type = (estate.text(at(configuration, 'type')) ?? '').toUpperCase();
  if (type === '' || type === 'S3' || type === 'CUSTOM') return;
  const hosts = each(
    at(configuration, 'web_configuration', 'source_configuration', 'url_configuration', 'seed_urls'),
  ).flatMap((item) => estate.text(at(item, 'url') ?? item) ?? []);
  const service = estate.facts.asset(source, {
    kind: 'external-service',
    key: type === 'WEB' ? `web:${source.id}` : `saas:${type.toLowerCase()}`,
    name: type === 'WEB' ? 'crawled web pages' : type.toLowerCase(),
    properties: {
      kind: type === 'WEB' ? 'web' : 'saas',
      ...(type === 'WEB' ? { untrusted: true, addresses: hosts.slice(0, 50).map((host) => maskText(host)) } : {}),
    },
    confidence: 'high',
  });
  estate.facts.relation(source, { kind: 'ingests', from: base, to: service, properties, confidence: 'high' });
}

export function emitMemory(estate: Estate, memory: Resource): AssetRef {
  return estate.once(memory, () => {
    const days = estate.text(at(memory.body, 'event_expiry_duration'));
    return estate.facts.asset(memory, {
      kind: 'data-store',
      key: `agentcore-memory:${memory.id}`,
      name: `AgentCore memory ${estate.nameOf(memory) ?? memory.address}`,
      properties: {
        kind: 'memory',
        product: 'Amazon Bedrock AgentCore Memory',
        declaredAs: memory.address,
        ...(days === undefined ? {} : { retentionDays: Number(days) }),
        encryptionKey: at(memory.body, 'encryption_key_arn') === undefined ? 'AWS owned' : 'customer managed',
      },
      confidence: 'high',
    });
  });
}

export function emitTable(estate: Estate, table: Resource): AssetRef {
  return estate.once(table, () =>
    estate.facts.asset(table, {
      kind: 'data-store',
      key: `dynamodb:${table.id}`,
      name: estate.nameOf(table, 'table_name') ?? table.address,
      properties: {
        kind: 'database',
        product: 'Amazon DynamoDB',
        declaredAs: table.address,
        ...labelOf(estate, table),
      },
      confidence: 'high',
    }),
  );
}

/** `arn:...:foundation-model/id` and `.../inference-profile/id` name the model behind the last slash. */
export const modelIdIn = (text: string): string =>
  text.replace(/^arn:[^/]*\/(?=\S)/, '').replace(/^(?:bedrock\/|converse\/)/, '');

export function emitModel(estate: Estate, from: AssetRef, value: Value | undefined, role?: string): void {
  if (value === undefined) return;
  const named = estate.target(value, 'aws/bedrock-foundation-model', 'aws/bedrock-inference-profile');
  if (named !== undefined) {
    const inner = at(named.body, 'model_id') ?? at(named.body, 'model_source', 'copy_from');
    if (inner !== undefined) emitModel(estate, from, inner, role);
    return;
  }
  for (const [text, spot] of modelTexts(estate, value)) {
    const id = modelIdIn(text);
    if (!/[a-z]/i.test(id) || /[${}]/.test(id)) continue;
    modelFacts(estate.facts.builder(spot.place), from, id, spot, {
      provider: 'bedrock',
      host: 'aws',
      ...(role === undefined ? {} : { role }),
    });
  }
}

/** An ARN may hold an open region; its model is known all the same. */
function modelTexts(estate: Estate, value: Value): readonly (readonly [string, Spot])[] {
  if (value.kind === 'choice') return value.options.flatMap((option) => modelTexts(estate, option));
  const text = estate.text(value) ?? (value.kind === 'text' ? value.text : undefined);
  return text === undefined || text === '' ? [] : [[text, value]];
}
