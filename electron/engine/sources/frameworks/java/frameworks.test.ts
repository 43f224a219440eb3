import { expect, it } from 'vitest';
import { projectIn } from '../typed/project.test-support.ts';
import { type Shown, shownBy } from '../typed/shown.test-support.ts';
import { javaAgentsSource } from '../typed-agents.ts';

it('Spring AI, LangChain4j, ADK and MCP servers in Java', async () => {
  const expected: Shown = {
    agents: [
      'assistant [langchain4j build] src/main/java/com/acme/support/Assistants.java:27',
      'chatClient [spring-ai build] src/main/java/com/acme/support/ChatController.java:19 unknown: MCP servers that are only known at run time',
      'critic [google-adk build] src/main/java/com/acme/support/AdkAgents.java:18',
      'pipeline [google-adk build] src/main/java/com/acme/support/AdkAgents.java:19',
      'writer [google-adk build] src/main/java/com/acme/support/AdkAgents.java:16',
    ],
    servers: ['files src/main/java/com/acme/support/Server.java:15 transport=stdio authentication=none'],
    tools: {
      saveReport: 'function writes@:23',
      run: 'function executes-code@:18',
      find_orders: 'function reads-private@:21',
      cancelOrder: 'function sends-outside@:26 writes@:26',
      delete_file: 'function deletes@:13 not all known',
      ping: 'function',
    },
    relations: [
      'agent assistant configured-by prompt assistant prompt',
      'agent assistant uses model gpt-4.1',
      'agent assistant uses tool run',
      'agent assistant writes data-store withMaxMessages memory',
      'agent chatClient configured-by prompt chatClient prompt',
      'agent chatClient uses model gpt-4o-mini',
      'agent chatClient uses tool cancelOrder',
      'agent chatClient uses tool find_orders',
      'agent critic configured-by prompt critic prompt',
      'agent critic uses model gemini-2.5-flash',
      'agent pipeline delegates-to agent critic',
      'agent pipeline delegates-to agent writer',
      'agent writer configured-by prompt writer prompt',
      'agent writer uses model gemini-2.5-flash',
      'agent writer uses tool saveReport',
      'mcp-server files exposes tool delete_file',
      'mcp-server files exposes tool ping',
      'model gemini-2.5-flash authenticates-with credential GOOGLE_API_KEY',
      'model gpt-4.1 authenticates-with credential OPENAI_API_KEY',
      'model gpt-4o-mini authenticates-with credential OPENAI_API_KEY',
      'tool cancelOrder authenticates-with credential acme.crm.api-key',
      'tool cancelOrder egresses-to external-service crm.acme.example',
      'tool find_orders reads data-store jdbc database',
    ],
    issues: [],
  };
  expect(await shownBy(javaAgentsSource, projectIn(import.meta.dirname))).toEqual(expected);
});
