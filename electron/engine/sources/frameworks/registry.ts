import { langchain } from './langgraph/langchain.ts';
import { csharpFrameworks } from './csharp/frameworks.ts';
import { ecmascriptFrameworks } from './ecmascript/frameworks.ts';
import type { Framework } from './framework.ts';
import { goFrameworks } from './go/frameworks.ts';
import { javaFrameworks } from './java/frameworks.ts';
import { a2a } from './python/a2a.ts';
import { agentFramework } from './python/agent-framework.ts';
import { agno } from './python/agno.ts';
import { autogen } from './python/autogen.ts';
import { claudeAgentSdk } from './python/claude-agent-sdk.ts';
import { agentCore, azureAgents, openaiAssistants } from './python/cloud-agents.ts';
import { crewai } from './python/crewai.ts';
import { googleAdk } from './python/google-adk.ts';
import { haystack } from './python/haystack.ts';
import { llamaIndex } from './python/llama-index.ts';
import { mcpServers } from './python/mcp-servers.ts';
import { modelClients } from './python/model-clients.ts';
import { openaiAgents } from './python/openai-agents.ts';
import { pydanticAi } from './python/pydantic-ai.ts';
import { rawLoops } from './python/raw-loops.ts';
import { semanticKernel } from './python/semantic-kernel.ts';
import { rustFrameworks } from './rust/frameworks.ts';
import { agencySwarm, atomicAgents, fastAgent, griptape, langroid, swarm } from './python/further-frameworks.ts';
import { browserUse, camel, dspy, letta } from './python/small-frameworks.ts';
import { smolagents } from './python/smolagents.ts';
import { strands } from './python/strands.ts';

/** Every agent framework, one line each. Where two tables know a path, the earlier one counts. */
export const frameworks: readonly Framework[] = [
  langchain,
  a2a,
  agencySwarm,
  agentCore,
  agentFramework,
  agno,
  atomicAgents,
  autogen,
  azureAgents,
  browserUse,
  camel,
  claudeAgentSdk,
  crewai,
  dspy,
  fastAgent,
  googleAdk,
  griptape,
  haystack,
  langroid,
  letta,
  llamaIndex,
  mcpServers,
  modelClients,
  openaiAgents,
  openaiAssistants,
  pydanticAi,
  rawLoops,
  semanticKernel,
  smolagents,
  strands,
  swarm,
  ...ecmascriptFrameworks,
  ...csharpFrameworks,
  ...javaFrameworks,
  ...goFrameworks,
  ...rustFrameworks,
];
