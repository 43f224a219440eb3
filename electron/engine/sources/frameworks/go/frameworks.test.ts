import { expect, it } from 'vitest';
import { projectIn } from '../typed/project.test-support.ts';
import { type Shown, shownBy } from '../typed/shown.test-support.ts';
import { goAgentsSource } from '../typed-agents.ts';

it('ADK, Eino, Genkit, raw loops and MCP servers in Go', async () => {
  const expected: Shown = {
    agents: [
      'agent [eino NewAgent] eino/main.go:26',
      'completion [openai-api New medium] loop/loop.go:22',
      'main [genkit GenerateText] eino/main.go:36',
      'searcher [google-adk New] main.go:26',
      'support [google-adk New] main.go:27',
    ],
    servers: [
      'customers cmd/mcp/main.go:26 transport=decided at run time bindAddress=0.0.0.0 port=8080 authentication=none',
    ],
    tools: {
      weather: 'function',
      shell: 'class writes@:45',
      getWeather: 'function',
      google_search: 'hosted reads-untrusted@:26 sends-outside@:26',
      cancel_order: 'function executes-code@:13',
      delete_file: 'function deletes@:42',
      find_customer: 'function reads-private@:16 readOnlyHint=true',
    },
    relations: [
      'agent agent configured-by prompt agent prompt',
      'agent agent uses model gpt-4o',
      'agent agent uses tool shell',
      'agent agent uses tool weather',
      'agent completion authenticates-with credential OPENAI_API_KEY',
      'agent completion configured-by prompt completion prompt',
      'agent completion uses model gpt-4o',
      'agent completion uses tool delete_file',
      'agent main configured-by prompt main prompt',
      'agent main uses model gemini-2.5-flash',
      'agent main uses tool getWeather',
      'agent searcher uses model gemini-2.5-flash',
      'agent searcher uses tool google_search',
      'agent support configured-by prompt instruction',
      'agent support delegates-to agent searcher',
      'agent support uses model gemini-2.5-flash',
      'agent support uses tool cancel_order',
      'mcp-server customers exposes tool find_customer',
      'model gemini-2.5-flash authenticates-with credential GOOGLE_API_KEY',
      'model gpt-4o authenticates-with credential OPENAI_API_KEY',
      'tool find_customer authenticates-with credential DATABASE_URL',
      'tool find_customer reads data-store DATABASE_URL',
      'tool google_search egresses-to external-service web',
      'tool google_search ingests external-service web',
      'tool shell writes data-store out (files)',
    ],
    issues: ['app/vendor/x/main.go: not looked into: copied from elsewhere'],
  };
  expect(await shownBy(goAgentsSource, projectIn(import.meta.dirname))).toEqual(expected);
});
