import type { Framework } from '../framework.ts';
import { a2aJs } from './a2a-js.ts';
import { adkTs } from './adk-ts.ts';
import { aiSdk } from './ai-sdk.ts';
import { claudeAgentSdkJs } from './claude-agent-sdk-js.ts';
import { genkit } from './genkit.ts';
import { langchainJs } from './langchain-js.ts';
import { llamaindexTs } from './llamaindex-ts.ts';
import { mastra } from './mastra.ts';
import { mcpServers } from './mcp-servers.ts';
import { modelLoops } from './model-loops.ts';
import { nodePlatform } from './node-platform.ts';
import { openaiAgentsJs } from './openai-agents-js.ts';
import { strandsTs } from './strands-ts.ts';

/** Frameworks of TypeScript and JavaScript, one line each. */
export const ecmascriptFrameworks: readonly Framework[] = [
  langchainJs,
  openaiAgentsJs,
  claudeAgentSdkJs,
  mastra,
  aiSdk,
  llamaindexTs,
  strandsTs,
  adkTs,
  genkit,
  mcpServers,
  a2aJs,
  modelLoops,
  nodePlatform,
];
