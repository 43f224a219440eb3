import type { Framework, ModelRule } from '../framework.ts';

/** Clients of model providers that frameworks are given, and general vector stores. From knowledge of the packages. */

const vector =
  /^(?:chromadb\.(?:Client|PersistentClient|HttpClient|EphemeralClient|AsyncHttpClient)|qdrant_client\.(?:Async)?QdrantClient|pinecone\.(?:[^()]*\.)?(?:Pinecone|PineconeAsyncio)|weaviate\.(?:Client|connect_to_\w+)|pymilvus\.(?:[^()]*\.)?(?:MilvusClient|Collection)|lancedb\.connect(?:_async)?|azure\.search\.documents\.(?:[^()]*\.)?SearchClient|turbopuffer\.Turbopuffer|marqo\.Client|vespa\.application\.Vespa)$/;
const memory = /^(?:mem0\.(?:[^()]*\.)?(?:Async)?Memory(?:Client)?|zep_cloud\.(?:[^()]*\.)?(?:Async)?Zep|cognee\b)$/;

const litellm: ModelRule = { provider: '', id: ['model', 0] };

export const modelClients: Framework = {
  id: 'libraries',
  title: 'Clients of models and stores',
  language: 'python',
  roots: /^$/,
  keywords: [],
  models: (path) => (/^litellm\.(?:a?completion|LiteLLM)$/.test(path) ? litellm : null),
  stores: (path) => (vector.test(path) ? 'vector' : memory.test(path) ? 'memory' : null),
  effects: [
    {
      path: /^chromadb\..*\.(?:query|get|peek)$|^(?:qdrant_client|weaviate|pymilvus|pinecone|lancedb)\b.*\.(?:search|query|query_points|scroll|retrieve|fetch|near_text|near_vector|hybrid|bm25|get|to_list|to_pandas)$|^azure\.search\.documents\b.*\.search$/,
      classes: ['reads-private'],
      because: 'searches stored documents',
      channel: 'vector',
    },
    {
      path: /^chromadb\..*\.(?:add|upsert|update)$|^(?:qdrant_client|weaviate|pymilvus|pinecone|lancedb)\b.*\.(?:upsert|insert|add|insert_many|upload_points|update)$|^azure\.search\.documents\b.*\.(?:upload_documents|merge_or_upload_documents)$/,
      classes: ['writes'],
      because: 'adds to stored documents',
      channel: 'vector',
    },
    {
      path: /^(?:chromadb|qdrant_client|weaviate|pymilvus|pinecone|lancedb)\b.*\.(?:delete|delete_collection|drop_collection|drop_table)$/,
      classes: ['deletes'],
      because: 'deletes stored documents',
      channel: 'vector',
    },
    {
      path: /^mem0\b.*\.(?:search|get|get_all)$/,
      classes: ['reads-private'],
      because: 'reads the memory of the agent',
      channel: 'vector',
    },
    { path: /^mem0\b.*\.add$/, classes: ['writes'], because: 'writes to the memory of the agent', channel: 'vector' },
  ],
};
