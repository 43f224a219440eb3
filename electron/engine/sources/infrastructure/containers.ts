import type { Properties } from '../../../../shared/model/facts.ts';
import { imageSpec } from '../mcp/package-spec.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import { agentCommands } from './agent-commands.ts';

/** What a container does for agents: told by its image and its command, guessed by its name and variables. */
export type Role = {
  readonly runs: 'agent' | 'agent-host' | 'mcp-server' | 'mcp-gateway' | 'model' | 'agent-platform' | 'perhaps-agent';
  readonly because: string;
  readonly certain: boolean;
  readonly product: string | null;
};

/** Images by name without registry and tag (vendors' own names, 2026). */
const images: readonly (readonly [RegExp, Role['runs'], string])[] = [
  [/^(?:docker\/mcp-gateway)$/, 'mcp-gateway', 'Docker MCP Gateway'],
  [/(?:^|\/)agentgateway$/, 'mcp-gateway', 'agentgateway'],
  [/(?:^|\/)(?:mcp-context-forge|mcp-gateway|mcpo|metamcp|mcp-proxy|supergateway)$/, 'mcp-gateway', 'MCP gateway'],
  [/^mcp\/[\w.-]+$/, 'mcp-server', 'Docker MCP catalogue'],
  [/(?:^|\/)(?:[\w.-]+-mcp|mcp-[\w.-]+|[\w.-]+-mcp-server|mcp)$/, 'mcp-server', 'MCP server'],
  [/(?:^|\/)n8nio\/n8n$|(?:^|\/)n8n$/, 'agent-platform', 'n8n'],
  [/(?:^|\/)(?:flowiseai\/)?flowise$/, 'agent-platform', 'Flowise'],
  [/(?:^|\/)langflow(?:ai\/langflow)?$/, 'agent-platform', 'Langflow'],
  [/(?:^|\/)langgenius\/dify-(?:api|web)$/, 'agent-platform', 'Dify'],
  [/(?:^|\/)open-webui$/, 'agent-platform', 'Open WebUI'],
  [/(?:^|\/)librechat(?:-dev)?$/, 'agent-platform', 'LibreChat'],
  [/(?:^|\/)(?:openhands|all-hands-ai\/openhands)$/, 'agent', 'OpenHands'],
  [/(?:^|\/)letta\/letta$/, 'agent-platform', 'Letta'],
  [/(?:^|\/)langgraph-api$|langchain\/langgraph/, 'agent', 'LangGraph server'],
  [/(?:^|\/)ollama(?:\/ollama)?$/, 'model', 'Ollama'],
  [/(?:^|\/)vllm(?:\/vllm-openai)?$|vllm-openai$/, 'model', 'vLLM'],
  [/(?:^|\/)text-generation-inference$/, 'model', 'Text Generation Inference'],
  [/(?:^|\/)litellm(?:-database|-non_root)?$/, 'model', 'LiteLLM'],
  [/(?:^|\/)llama\.cpp$|(?:^|\/)localai$|(?:^|\/)tritonserver$/, 'model', 'model server'],
];

/** Programs that serve an agent written in the repository. */
const servers: readonly (readonly [RegExp, string])[] = [
  [/\blanggraph\s+(?:up|dev)\b/, 'LangGraph'],
  [/\badk\s+(?:web|api_server|run)\b/, 'Agent Development Kit'],
  [/\bcrewai\s+run\b/, 'CrewAI'],
  [/\bagentcore\s+(?:launch|dev)\b/, 'AgentCore'],
  [/\bchainlit\s+run\b/, 'Chainlit'],
  [/\bmastra\s+(?:dev|start)\b/, 'Mastra'],
  [/\bopentelemetry-instrument\s+python\S*\s+(?:-m\s+)?\S*agent/, 'AgentCore'],
];

const modelKeys =
  /^(?:OPENAI|ANTHROPIC|AZURE_OPENAI|GEMINI|GOOGLE_AI|GOOGLE_GENAI|GROQ|MISTRAL|DEEPSEEK|XAI|OPENROUTER|COHERE|TOGETHER|FIREWORKS)(?:_[A-Z]+)*_(?:API_)?KEY$|^(?:LANGSMITH|LANGCHAIN)_API_KEY$/;

export function roleOfContainer(input: {
  readonly name: string;
  readonly image: string | null;
  readonly command: string;
  readonly environment: readonly string[];
}): Role | null {
  const role = (runs: Role['runs'], because: string, certain: boolean, product: string | null = null): Role => ({
    runs,
    because,
    certain,
    product,
  });
  const name =
    input.image === null
      ? ''
      : (imageSpec(input.image)?.name ?? '').replace(/^(?:docker\.io|ghcr\.io|quay\.io|registry-\d\.docker\.io)\//, '');
  const known = images.find(([shape]) => shape.test(name));
  if (known !== undefined) return role(known[1], `image ${name}`, known[2] !== 'MCP server', known[2]);
  const [host] = agentCommands(input.command);
  if (host !== undefined) return role('agent-host', `starts ${host.title}`, true, host.title);
  const serving = servers.find(([shape]) => shape.test(input.command));
  if (serving !== undefined) return role('agent', `starts ${serving[1]}`, true, serving[1]);
  if (
    /\bfastmcp\s+run\b|\bmcp\s+run\b|\bmcp[-_]server\b|[-_]mcp(?:[-_]server)?(?:\.py|\.js|\.ts|\b)|--transport[ =](?:streamable-http|sse|http)|\bmcp_servers?\b/.test(
      input.command,
    )
  )
    return role('mcp-server', 'its command starts an MCP server', true);
  if (/(?:^|[-_])mcp(?:$|[-_])/i.test(input.name))
    return role('mcp-server', `it is called ${maskText(input.name)}`, false);
  const key = input.environment.find((variable) => modelKeys.test(variable));
  if (key !== undefined) return role('perhaps-agent', `it gets ${key}`, false);
  return /(?:^|[-_])agents?(?:$|[-_])/i.test(input.name)
    ? role('perhaps-agent', `it is called ${maskText(input.name)}`, false)
    : null;
}

/** Image, and how firmly it is named. */
export function imageFacts(image: string | null): Properties {
  if (image === null || image === '') return {};
  const spec = imageSpec(image);
  return {
    image: maskUrl(image.slice(0, 300)),
    ...(spec === null
      ? {}
      : { imageName: spec.name, imagePinned: spec.pin === 'digest', imageTag: spec.version ?? 'latest (no tag)' }),
  };
}

/** Folders of a machine whose mounting hands over credentials or the machine itself. */
export function hostMount(source: string): { readonly credential: string; readonly what: string } | null {
  const path = source.replace(
    /^(?:\$\{?HOME\}?|~|\$\{localEnv:HOME\}(?:\$\{localEnv:USERPROFILE\})?|\/home\/[^/]+|\/Users\/[^/]+|\/root)(?=\/)/,
    '~',
  );
  if (/(?:^|\/)(?:docker|podman|containerd)\.sock$/.test(path))
    return { credential: 'docker-socket', what: 'the container engine of the machine' };
  const known: readonly (readonly [RegExp, string, string])[] = [
    [/^~\/\.aws(?:\/|$)/, 'ambient-aws', "a developer's AWS credentials"],
    [/^~\/\.config\/gcloud(?:\/|$)/, 'ambient-gcp', "a developer's Google Cloud credentials"],
    [/^~\/\.azure(?:\/|$)/, 'ambient-azure', "a developer's Azure credentials"],
    [/^~\/\.kube(?:\/|$)/, 'ambient-kubernetes', "a developer's Kubernetes credentials"],
    [/^~\/\.ssh(?:\/|$)/, 'ambient-ssh', "a developer's SSH keys"],
    [
      /^~\/\.(?:claude|codex|gemini|cursor|config\/github-copilot)(?:\/|\.json|$)/,
      'ambient-agent-login',
      "a developer's login to an agent host",
    ],
    [/^~\/\.(?:gitconfig|git-credentials|config\/gh)(?:\/|$)/, 'ambient-git', "a developer's Git credentials"],
    [/^~\/\.docker(?:\/|$)/, 'ambient-docker', "a developer's registry logins"],
  ];
  const found = known.find(([shape]) => shape.test(path));
  return found === undefined ? null : { credential: found[1], what: found[2] };
}
