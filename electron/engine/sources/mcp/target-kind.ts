import type { Properties } from '../../../../shared/model/facts.ts';
import type { Launch } from './launch.ts';
import type { RawServer } from './raw-server.ts';
import { isLoopback } from './transport-security.ts';

/**
 * What a server stands in front of. `database`, `cloud-service` and `external-tool` are the three that an agent reaches
 * through a server; `local-machine` is files, processes and browsers of the machine itself; `knowledge` holds nothing
 * but documents that anybody may read.
 */
export type TargetKind = 'database' | 'cloud-service' | 'external-tool' | 'local-machine' | 'knowledge' | 'unknown';

type Words = readonly (readonly [kind: TargetKind, words: string])[];

/** Words of packages, images, hosts and server names. The first kind with a word wins; narrow kinds stand first. */
const names: Words = [
  [
    'knowledge',
    'context7 deepwiki microsoft-learn learn-microsoft aws-documentation-mcp-server aws-documentation awslabs-aws-documentation-mcp-server ' +
      'mcp-server-docs docs-mcp langchain-docs arxiv wikipedia gitmcp ref-tools',
  ],
  [
    'database',
    'postgres postgresql pg pgsql mysql mariadb sqlite mssql sqlserver oracledb mongodb mongo redis valkey elasticsearch opensearch ' +
      'clickhouse duckdb motherduck snowflake bigquery redshift databricks cassandra neo4j dynamodb cosmosdb supabase neon planetscale ' +
      'turso libsql cockroachdb qdrant chroma chromadb pinecone weaviate milvus influxdb timescale trino dbhub prisma database dbt ' +
      'couchbase arangodb tidb teradata athena firebolt starrocks surrealdb',
  ],
  [
    'cloud-service',
    'aws awslabs amazon azure gcp gcloud google-cloud cloud-run kubernetes k8s kubectl openshift terraform hcp pulumi cloudflare vercel ' +
      'netlify digitalocean heroku flyio render railway eks ecs s3 lambda cloudformation cdk iam aks gke helm argocd docker-hub ibmcloud ' +
      'oci-cloud alibabacloud firebase nomad consul vault',
  ],
  [
    'local-machine',
    'filesystem file-system files desktop-commander shell terminal bash commands process git memory sequential-thinking sequentialthinking ' +
      'time everything playwright puppeteer browser chrome chrome-devtools chromium selenium docker applescript xcode xcodebuild serena ' +
      'language-server lsp obsidian blender unity godot figma-desktop jupyter codex ide',
  ],
  [
    'external-tool',
    'github gitlab bitbucket jira confluence atlassian linear slack discord telegram teams notion asana trello monday clickup airtable ' +
      'sentry datadog grafana newrelic pagerduty honeycomb splunk stripe paypal square shopify salesforce hubspot zendesk intercom freshdesk ' +
      'gmail google-drive gdrive gcal google-calendar google-workspace outlook ms365 office365 sharepoint onedrive dropbox box figma canva ' +
      'brave-search brave tavily exa firecrawl perplexity serper serpapi duckduckgo fetch twilio sendgrid mailgun resend zapier make n8n ' +
      'postman huggingface openai anthropic gemini replicate elevenlabs youtube spotify reddit twitter x-api linkedin sonarqube sonarcloud snyk ' +
      'semgrep circleci jenkins buildkite sourcegraph contentful sanity wordpress webflow posthog amplitude mixpanel segment apify browserbase ' +
      'steel okta auth0 1password bitwarden docusign quickbooks xero plaid coinbase',
  ],
];

/** Variables that say it whatever the program is called. */
const variables: readonly (readonly [TargetKind, RegExp])[] = [
  [
    'database',
    /^(?:DATABASE_(?:URL|URI)|DB_(?:HOST|URL|NAME|USER|PASSWORD)|PG(?:HOST|USER|PASSWORD|DATABASE)|POSTGRES(?:QL)?_.+|MYSQL_.+|MONGO(?:DB)?_(?:URI|URL)|MDB_MCP_.+|REDIS_(?:URL|HOST)|SNOWFLAKE_.+|CLICKHOUSE_.+|ELASTICSEARCH_.+|NEO4J_.+|DATABRICKS_.+|SUPABASE_.+)$/i,
  ],
  [
    'cloud-service',
    /^(?:AWS_(?:PROFILE|REGION|DEFAULT_REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ROLE_ARN)|AZURE_.+|ARM_.+|GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_CLOUD_PROJECT|GCP_.+|KUBECONFIG|TF_TOKEN.*|TFE_TOKEN|CLOUDFLARE_.+|DIGITALOCEAN_.+)$/i,
  ],
];

const schemes: ReadonlyMap<string, TargetKind> = new Map(
  [
    'postgres',
    'postgresql',
    'mysql',
    'mariadb',
    'mongodb',
    'mongodb+srv',
    'redis',
    'rediss',
    'mssql',
    'sqlite',
    'clickhouse',
    'neo4j',
    'bolt',
    'cassandra',
  ].map((scheme) => [scheme, 'database'] as const),
);

const lookups = names.map(([kind, words]) => [kind, new Set(words.split(' '))] as const);

/** Endings of hosts that belong to one kind. */
const hostKinds: readonly (readonly [TargetKind, RegExp])[] = [
  [
    'database',
    /(?:^|\.)(?:supabase\.co|supabase\.com|neon\.tech|snowflakecomputing\.com|mongodb\.com|databricks\.com|clickhouse\.cloud)$/,
  ],
  [
    'cloud-service',
    /(?:^|\.)(?:amazonaws\.com|aws\.com|azure\.com|azure\.net|googleapis\.com|run\.app|cloudflare\.com|vercel\.com|netlify\.com)$/,
  ],
  ['knowledge', /^(?:mcp\.context7\.com|mcp\.deepwiki\.com|learn\.microsoft\.com|gitmcp\.io)$/],
];

/** The kind with the word that shows it, and where the word stands. `unknown` where nothing says it. */
export function targetOf(raw: RawServer, launch: Launch | null): Properties {
  const behind = innermost(launch);
  const address = behind?.remote?.url ?? launch?.remote?.url ?? (raw.command === null ? raw.url : null);
  const program = behind?.package?.name ?? null;
  if (program !== null) {
    const found = byWords(program);
    if (found !== null) return { kind: found.kind, of: found.word, why: 'package name' };
  }
  for (const text of [...raw.args, ...raw.env.map((item) => item.value)]) {
    const scheme = /^([a-z][a-z0-9+]{1,20}):\/\//i.exec(text)?.[1]?.toLowerCase();
    const kind = scheme === undefined ? undefined : schemes.get(scheme);
    if (scheme !== undefined && kind !== undefined) return { kind, of: scheme, why: 'connection string' };
  }
  if (address !== null && URL.canParse(address)) {
    const host = new URL(address).hostname.toLowerCase();
    const known = hostKinds.find(([, shape]) => shape.test(host));
    if (known !== undefined) return { kind: known[0], of: host, why: 'address' };
    const found = byWords(host.replaceAll('.', '-'));
    if (found !== null && found.kind !== 'local-machine') return { kind: found.kind, of: found.word, why: 'address' };
    if (!isLoopback(host.replace(/^\[|\]$/g, ''))) {
      const byName = byWords(raw.name);
      return byName !== null && byName.kind !== 'local-machine'
        ? { kind: byName.kind, of: byName.word, why: 'server name' }
        : { kind: 'external-tool', of: host, why: 'remote address of no known kind' };
    }
  }
  const environment = [...raw.env.map((item) => item.name), ...(launch?.envNames ?? [])];
  for (const [kind, shape] of variables) {
    const name = environment.find((item) => shape.test(item));
    if (name !== undefined) return { kind, of: name, why: 'variable' };
  }
  const named = byWords(raw.name) ?? byWords(lastSegment(behind?.command ?? ''));
  return named === null ? { kind: 'unknown' } : { kind: named.kind, of: named.word, why: 'server name' };
}

const innermost = (launch: Launch | null): Launch | null =>
  launch?.inner == null ? launch : innermost(launch.inner.launch);

const lastSegment = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** A known word of one to three parts inside a name; longer words first, because `google-drive` is no `drive`. */
function byWords(text: string): { readonly kind: TargetKind; readonly word: string } | null {
  const parts = text
    .toLowerCase()
    .slice(0, 200)
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
  for (const length of [5, 4, 3, 2, 1]) {
    for (const [kind, words] of lookups) {
      for (let at = 0; at + length <= parts.length; at++) {
        const word = parts.slice(at, at + length).join('-');
        if (words.has(word)) return { kind, word };
      }
    }
  }
  return null;
}
