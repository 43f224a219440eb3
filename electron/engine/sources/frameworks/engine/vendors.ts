export type Vendor = {
  readonly service: string;
  /** People outside can write what is read there. */
  readonly untrusted: boolean;
  readonly money?: boolean;
  /** Writing there reaches people outside. */
  readonly reachesPeople?: boolean;
  readonly sensitivity: 'personal' | 'financial' | 'internal' | 'public';
};

/** Vendors by package name of their SDK or by a word in their host name. */
const vendors: ReadonlyMap<string, Vendor> = new Map<string, Vendor>([
  ['stripe', { service: 'stripe', untrusted: false, money: true, sensitivity: 'financial' }],
  ['paypal', { service: 'paypal', untrusted: false, money: true, sensitivity: 'financial' }],
  ['paypalrestsdk', { service: 'paypal', untrusted: false, money: true, sensitivity: 'financial' }],
  ['braintree', { service: 'braintree', untrusted: false, money: true, sensitivity: 'financial' }],
  ['square', { service: 'square', untrusted: false, money: true, sensitivity: 'financial' }],
  ['adyen', { service: 'adyen', untrusted: false, money: true, sensitivity: 'financial' }],
  ['razorpay', { service: 'razorpay', untrusted: false, money: true, sensitivity: 'financial' }],
  ['plaid', { service: 'plaid', untrusted: false, sensitivity: 'financial' }],
  ['alpaca', { service: 'alpaca', untrusted: false, money: true, sensitivity: 'financial' }],
  ['alpaca_trade_api', { service: 'alpaca', untrusted: false, money: true, sensitivity: 'financial' }],
  ['zendesk', { service: 'zendesk', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['zenpy', { service: 'zendesk', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['freshdesk', { service: 'freshdesk', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['intercom', { service: 'intercom', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['servicenow', { service: 'servicenow', untrusted: true, sensitivity: 'internal' }],
  ['hubspot', { service: 'hubspot', untrusted: false, sensitivity: 'personal' }],
  ['hubapi', { service: 'hubspot', untrusted: false, sensitivity: 'personal' }],
  ['salesforce', { service: 'salesforce', untrusted: false, sensitivity: 'personal' }],
  ['simple_salesforce', { service: 'salesforce', untrusted: false, sensitivity: 'personal' }],
  ['pipedrive', { service: 'pipedrive', untrusted: false, sensitivity: 'personal' }],
  ['shopify', { service: 'shopify', untrusted: false, sensitivity: 'personal' }],
  ['airtable', { service: 'airtable', untrusted: false, sensitivity: 'internal' }],
  ['pyairtable', { service: 'airtable', untrusted: false, sensitivity: 'internal' }],
  ['notion', { service: 'notion', untrusted: false, sensitivity: 'internal' }],
  ['notion_client', { service: 'notion', untrusted: false, sensitivity: 'internal' }],
  ['wiki', { service: 'wiki', untrusted: true, sensitivity: 'internal' }],
  ['confluence', { service: 'confluence', untrusted: true, sensitivity: 'internal' }],
  ['jira', { service: 'jira', untrusted: true, sensitivity: 'internal' }],
  ['atlassian', { service: 'atlassian', untrusted: true, sensitivity: 'internal' }],
  ['github', { service: 'github', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['gitlab', { service: 'gitlab', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['linear', { service: 'linear', untrusted: true, sensitivity: 'internal' }],
  ['slack', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['slack_sdk', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['slack_bolt', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['discord', { service: 'discord', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['telegram', { service: 'telegram', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['twilio', { service: 'twilio', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['tweepy', { service: 'x', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['twitter', { service: 'x', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['praw', { service: 'reddit', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['reddit', { service: 'reddit', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['gmail', { service: 'gmail', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['googleapiclient', { service: 'google workspace', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['msgraph', { service: 'microsoft graph', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['graph.microsoft', { service: 'microsoft graph', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['boto3', { service: 'aws', untrusted: false, sensitivity: 'internal' }],
  ['google.cloud', { service: 'google cloud', untrusted: false, sensitivity: 'internal' }],
  ['azure', { service: 'azure', untrusted: false, sensitivity: 'internal' }],
  ['kubernetes', { service: 'kubernetes', untrusted: false, sensitivity: 'internal' }],
  ['@slack/web-api', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@slack/bolt', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@slack/webhook', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['discord_js', { service: 'discord', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['telegraf', { service: 'telegram', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['node-telegram-bot-api', { service: 'telegram', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['twitter-api-v2', { service: 'x', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['snoowrap', { service: 'reddit', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['octokit', { service: 'github', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@octokit/rest', { service: 'github', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@octokit/core', { service: 'github', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@octokit/graphql', { service: 'github', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@gitbeaker/rest', { service: 'gitlab', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['@linear/sdk', { service: 'linear', untrusted: true, sensitivity: 'internal' }],
  ['jira_js', { service: 'jira', untrusted: true, sensitivity: 'internal' }],
  ['@notionhq/client', { service: 'notion', untrusted: false, sensitivity: 'internal' }],
  ['@hubspot/api-client', { service: 'hubspot', untrusted: false, sensitivity: 'personal' }],
  ['jsforce', { service: 'salesforce', untrusted: false, sensitivity: 'personal' }],
  ['@shopify/shopify-api', { service: 'shopify', untrusted: false, sensitivity: 'personal' }],
  ['googleapis', { service: 'google workspace', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  [
    '@microsoft/microsoft-graph-client',
    { service: 'microsoft graph', untrusted: true, reachesPeople: true, sensitivity: 'personal' },
  ],
  ['@paypal/checkout-server-sdk', { service: 'paypal', untrusted: false, money: true, sensitivity: 'financial' }],
  ['@coinbase/coinbase-sdk', { service: 'coinbase', untrusted: false, money: true, sensitivity: 'financial' }],
  ['viem', { service: 'blockchain', untrusted: false, money: true, sensitivity: 'financial' }],
  ['ethers', { service: 'blockchain', untrusted: false, money: true, sensitivity: 'financial' }],
  ['@solana/web3_js', { service: 'blockchain', untrusted: false, money: true, sensitivity: 'financial' }],
  ['@google-cloud/storage', { service: 'google cloud', untrusted: false, sensitivity: 'internal' }],
  ['@azure/storage-blob', { service: 'azure', untrusted: false, sensitivity: 'internal' }],
  ['@kubernetes/client-node', { service: 'kubernetes', untrusted: false, sensitivity: 'internal' }],
  ['supabase', { service: 'supabase', untrusted: false, sensitivity: 'internal' }],
  ['firebase_admin', { service: 'firebase', untrusted: false, sensitivity: 'internal' }],
]);

/** Vendor of an SDK path (`stripe.Refund.create`) by its package. */
export function vendorOfPath(path: string): Vendor | null {
  const parts = path.replaceAll('()', '').split('.');
  return vendors.get(`${parts[0] ?? ''}.${parts[1] ?? ''}`) ?? vendors.get(parts[0] ?? '') ?? null;
}

/** Vendor of a host by one of its labels: `acme.zendesk.com`. */
export function vendorOfHost(host: string): Vendor | null {
  if (host.endsWith('graph.microsoft.com')) return vendors.get('graph.microsoft') ?? null;
  for (const label of host.split('.').slice(0, -1)) {
    const vendor = vendors.get(label);
    if (vendor !== undefined) return vendor;
  }
  return null;
}
