/**
 * What a ready-made node, component or connector reaches, by words in its name. General knowledge of the services, not of a
 * product's release: medium confidence at best.
 */
export type CategoryKind =
  | 'mail'
  | 'chat'
  | 'public'
  | 'database'
  | 'saas'
  | 'files'
  | 'object-store'
  | 'search'
  | 'web'
  | 'browser'
  | 'code'
  | 'payment'
  | 'vector'
  | 'harmless';

export type Category = {
  readonly kind: CategoryKind;
  /** Name of the service, for stores and destinations. */
  readonly product: string;
  /** People outside the organisation can write what is read there. */
  readonly openToOutsiders: boolean;
};

type Row = readonly [words: string, kind: CategoryKind, product?: string | undefined, open?: 'open'];

/** First hit counts; words are compared after lower-casing and dropping everything that is no letter or digit. */
const rows: readonly Row[] = [
  ['calculator|datetime|currentdate|toolthink|thinktool|uuid|toolcalculator|chatinput|chatoutput', 'harmless'],
  [
    'pgvector|pinecone|qdrant|weaviate|milvus|chroma|faiss|lancedb|vectara|vectorstore|retriever|knowledgebase|documentstore|queryengine|opensearch|astradb|zepmemory',
    'vector',
  ],
  [
    'executecommand|executeprocess|ssh|pythonrepl|pythonfunction|codeinterpreter|pythoninterpreter|e2b|toolcode|customfunction|customtool|bashtool|shell|terminal|awslambda|codetool|simplecode|jupyter',
    'code',
  ],
  ['gmail', 'mail', 'Gmail', 'open'],
  ['outlook|office365mail|microsoft365mail', 'mail', 'Outlook', 'open'],
  ['emailreadimap|imap', 'mail', 'IMAP mailbox', 'open'],
  [
    'emailsend|smtp|sendgrid|mailgun|mailjet|awsses|mandrill|brevo|sendinblue|postmark|resend|email',
    'mail',
    'mail',
    'open',
  ],
  ['slack', 'chat', 'Slack'],
  ['microsoftteams|msteams|teams', 'chat', 'Microsoft Teams'],
  ['telegram', 'chat', 'Telegram', 'open'],
  ['whatsapp', 'chat', 'WhatsApp', 'open'],
  ['discord', 'chat', 'Discord', 'open'],
  ['twilio|vonage|messagebird|plivo', 'chat', 'text messages', 'open'],
  [
    'mattermost|matrix|rocketchat|googlechat|zulip|webex|signal|feishu|larksuite|dingtalk|wecom|pushover|gotify|awssns',
    'chat',
  ],
  [
    'twitter|linkedin|facebook|instagram|reddit|mastodon|bluesky|medium|wordpress|ghost|youtube|tiktok|pinterest',
    'public',
    undefined,
    'open',
  ],
  ['stripe|paypal|chargebee|quickbooks|square|wise|mollie|razorpay|payments?$', 'payment'],
  ['awss3|amazons3|s3', 'object-store', 'Amazon S3'],
  ['googlecloudstorage', 'object-store', 'Google Cloud Storage'],
  ['azurestorage|azureblob|minio', 'object-store', 'Azure Storage'],
  ['postgres', 'database', 'PostgreSQL'],
  ['mysql|mariadb', 'database', 'MySQL'],
  ['microsoftsql|mssql|sqlserver|sqldw', 'database', 'SQL Server'],
  ['mongodb', 'database', 'MongoDB'],
  ['snowflake', 'database', 'Snowflake'],
  ['bigquery', 'database', 'BigQuery'],
  ['supabase', 'database', 'Supabase'],
  ['redis', 'database', 'Redis'],
  ['elasticsearch', 'database', 'Elasticsearch'],
  [
    'oracledatabase|oraclesql|questdb|cratedb|timescaledb|clickhouse|databricks|dynamodb|neo4j|cassandra|couchbase|sqlite|sqldatabase|sqlquery|commondataservice|dataverse|cosmosdb',
    'database',
  ],
  ['googledrive', 'files', 'Google Drive'],
  ['onedrive', 'files', 'OneDrive'],
  ['sharepoint', 'files', 'SharePoint'],
  [
    'dropbox|nextcloud|^box$|boxapi|ftp|readwritefile|readbinaryfile|writebinaryfile|readfile|writefile|filesystem|localfile|awsworkdocs',
    'files',
  ],
  ['googlesheets', 'saas', 'Google Sheets'],
  ['googledocs', 'saas', 'Google Docs'],
  ['googlecalendar', 'saas', 'Google Calendar', 'open'],
  ['airtable', 'saas', 'Airtable'],
  ['notion', 'saas', 'Notion'],
  ['confluence', 'saas', 'Confluence'],
  ['jira', 'saas', 'Jira', 'open'],
  ['github', 'saas', 'GitHub', 'open'],
  ['gitlab', 'saas', 'GitLab', 'open'],
  ['zendesk', 'saas', 'Zendesk', 'open'],
  ['freshdesk|intercom|helpscout|servicenow|zammad|osticket|frontapp', 'saas', undefined, 'open'],
  ['hubspot', 'saas', 'HubSpot'],
  ['salesforce', 'saas', 'Salesforce'],
  ['pipedrive|zohocrm|attio|copper|activecampaign|mailchimp|klaviyo|erpnext|odoo|sap|netsuite|dynamics', 'saas'],
  [
    'asana|trello|linear|clickup|todoist|monday|basecamp|wrike|googletasks|microsofttodo|baserow|nocodb|coda|microsoftexcel|excel|grist|seatable|smartsheet|datatable|googlecontacts|googleslides|googleanalytics|shopify|woocommerce|magento|webflow|strapi|contentful|acuity|calcom|calendly|typeform|jotform|bamboohr|workday|okta|googleworkspace|gsuiteadmin|pagerduty|sentry|grafana|jenkins|cloudflare|home ?assistant|bitbucket|azuredevops|office365users',
    'saas',
  ],
  [
    'wikipedia|serpapi|serper|searxng|tavily|duckduckgo|bravesearch|brave|googlesearch|googlecustomsearch|bingsearch|websearch|exasearch|exa$|perplexity|arxiv|hackernews|pubmed|wolfram|rssfeed|rss|newsapi|yahoofinance|youtubetranscript|jina|googletrends|weather|linkup|searchapi|wikidata|wikimedia|glean',
    'search',
  ],
  [
    'firecrawl|apify|scrap|crawler|webreader|urlcontent|browserless|htmlextract|spider|webbrowser|requestsget|urltool|fetchurl|webpage',
    'search',
  ],
  ['playwright|puppeteer|selenium|browseruse|browserbase|airtop|hyperbrowser|anchorbrowser|computeruse', 'browser'],
];

const compiled = rows.map(([words, kind, product, open]) => ({
  shape: new RegExp(words),
  category: { kind, product: product ?? '', openToOutsiders: open === 'open' },
}));

export function categoryOf(name: string): Category | null {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 200);
  const found = compiled.find(({ shape }) => shape.test(plain));
  if (found === undefined) return null;
  return found.category.product === '' ? { ...found.category, product: name.slice(0, 100) } : found.category;
}

const providers: readonly (readonly [RegExp, string])[] = [
  [/openrouter/, 'openrouter'],
  [/azure/, 'azure-openai'],
  [/bedrock/, 'bedrock'],
  [/vertex/, 'google-vertexai'],
  [/anthropic|claude/, 'anthropic'],
  [/gemini|googlegenerative|googleai|google/, 'google'],
  [/xai|grok/, 'xai'],
  [/groq/, 'groq'],
  [/mistral/, 'mistral'],
  [/ollama/, 'ollama'],
  [/deepseek/, 'deepseek'],
  [/cohere/, 'cohere'],
  [/together/, 'together'],
  [/fireworks/, 'fireworks'],
  [/perplexity/, 'perplexity'],
  [/nvidia/, 'nvidia'],
  [/watsonx|ibm/, 'watsonx'],
  [/cerebras/, 'cerebras'],
  [/huggingface/, 'huggingface'],
  [/localai|lmstudio|litellm|vllm|xinference|oaicompat|openaiapicompatible/, 'openai-compatible'],
  [/tongyi|qwen|alibaba/, 'alibaba'],
  [/zhipu/, 'zhipu'],
  [/moonshot/, 'moonshot'],
  [/siliconflow/, 'siliconflow'],
  [/volcengine/, 'volcengine'],
  [/minimax/, 'minimax'],
  [/sambanova/, 'sambanova'],
  [/replicate/, 'replicate'],
  [/openai|gpt/, 'openai'],
];

/** Provider of models by the name of a node, component or plug-in; empty where the name says none. */
export const providerOf = (name: string): string => {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 200);
  return providers.find(([shape]) => shape.test(plain))?.[1] ?? '';
};
