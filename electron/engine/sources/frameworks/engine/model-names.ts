/** Names of models and of who provides them: general knowledge of 2026-11, not from a read document. */

const providerAliases: ReadonlyMap<string, string> = new Map([
  ['azure_openai', 'azure-openai'],
  ['azure_ai', 'azure-ai'],
  ['google_genai', 'google'],
  ['google_vertexai', 'google-vertexai'],
  ['google_anthropic_vertex', 'google-vertexai'],
  ['bedrock_converse', 'bedrock'],
  ['mistralai', 'mistral'],
]);
export const providerNamed = (name: string): string => providerAliases.get(name) ?? name.replaceAll('_', '-');

/** Provider that `init_chat_model` infers from a bare model id. */
export function providerOfId(id: string): string {
  if (/^(?:gpt-|o[134](?:-|$)|chatgpt)/.test(id)) return 'openai';
  if (/^claude/.test(id)) return 'anthropic';
  if (/^gemini/.test(id)) return 'google';
  if (/^(?:amazon|anthropic|meta|us\.|eu\.)\S*\./.test(id)) return 'bedrock';
  if (/^(?:mistral|mixtral|codestral)/.test(id)) return 'mistral';
  if (/^command/.test(id)) return 'cohere';
  if (/^deepseek/.test(id)) return 'deepseek';
  if (/^grok/.test(id)) return 'xai';
  if (/^sonar/.test(id)) return 'perplexity';
  return '';
}

/** Environment variables that the libraries read by themselves when no key is given. */
export const defaultKeys: ReadonlyMap<string, string> = new Map([
  ['openai', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['azure-openai', 'AZURE_OPENAI_API_KEY'],
  ['google', 'GOOGLE_API_KEY'],
  ['groq', 'GROQ_API_KEY'],
  ['mistral', 'MISTRAL_API_KEY'],
  ['cohere', 'COHERE_API_KEY'],
  ['fireworks', 'FIREWORKS_API_KEY'],
  ['together', 'TOGETHER_API_KEY'],
  ['deepseek', 'DEEPSEEK_API_KEY'],
  ['xai', 'XAI_API_KEY'],
  ['perplexity', 'PPLX_API_KEY'],
  ['nvidia', 'NVIDIA_API_KEY'],
  ['tavily', 'TAVILY_API_KEY'],
]);

/** Further variables that people keep a provider's key in; some libraries read them as well. */
export const otherKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['openai', ['OPENAI_KEY', 'OPENAI_API_TOKEN', 'OPENAI_SECRET_KEY', 'AZURE_OPENAI_API_KEY', 'OPENROUTER_API_KEY']],
  ['anthropic', ['ANTHROPIC_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN']],
  ['azure-openai', ['AZURE_OPENAI_KEY', 'AZURE_API_KEY', 'OPENAI_API_KEY']],
  ['google', ['GEMINI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY', 'GOOGLE_GENAI_API_KEY', 'GOOGLE_AI_API_KEY']],
  ['mistral', ['MISTRAL_KEY']],
  ['cohere', ['CO_API_KEY']],
  ['perplexity', ['PERPLEXITY_API_KEY']],
  ['xai', ['GROK_API_KEY']],
  ['together', ['TOGETHERAI_API_KEY', 'TOGETHER_AI_API_KEY']],
]);

/** pinned: a dated or numbered version · alias: a word that moves by design · floating: a family name. */
export function channelOf(id: string): 'pinned' | 'floating' | 'alias' {
  if (/latest$/i.test(id) || /^(?:sonnet|opus|haiku|default|auto)$/i.test(id)) return 'alias';
  return /(?:-\d{8}|-\d{4}-\d{2}-\d{2}|@\d{8}|-\d{4}|-00\d|-v\d+:\d+|@sha256:\w+)(?:$|[-:])/.test(id)
    ? 'pinned'
    : 'floating';
}

/**
 * Id of a model that is given as a member of an enumeration: `ModelType.GPT_4O` of Python, `ChatModelGPT4oMini` and
 * `ModelClaudeSonnet4_5` of Go's clients.
 */
export function enumeratedModel(path: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const go = /^(?:ChatModel|Model)?((?:GPT|O\d|Claude)\w*)$/.exec(name)?.[1];
  if (go === undefined || !path.includes('/')) return name.toLowerCase().replaceAll('_', '-');
  const dotted = go.startsWith('GPT') ? go.replace(/(\d)_(\d)/g, '$1.$2') : go.replaceAll('_', '-');
  return dotted
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/(GPT|[a-z]{3,})(\d)/g, '$1-$2')
    .toLowerCase();
}
