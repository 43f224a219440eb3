import { expect, it } from 'vitest';
import { projectIn } from '../typed/project.test-support.ts';
import { type Shown, shownBy } from '../typed/shown.test-support.ts';
import { rustAgentsSource } from '../typed-agents.ts';

it('rig and rmcp in Rust', async () => {
  const expected: Shown = {
    agents: ['agent [rig build] src/main.rs:34 {"max_tokens":1024}', 'other [rig build] src/main.rs:42'],
    servers: ['Runner src/server.rs:4 transport=stdio authentication=none'],
    tools: {
      add: 'class',
      delete_file: 'class deletes@:11',
      fetch: 'class reads-untrusted@:21',
      run: 'function executes-code@:12 readOnlyHint=false destructiveHint=true not all known',
    },
    relations: [
      'agent agent configured-by prompt PREAMBLE',
      'agent agent uses model gpt-4o',
      'agent agent uses tool add',
      'agent agent uses tool delete_file',
      'agent other configured-by prompt other prompt',
      'agent other uses model claude-sonnet-4-5',
      'agent other uses tool fetch',
      'mcp-server Runner exposes tool run',
      'model claude-sonnet-4-5 authenticates-with credential ANTHROPIC_API_KEY',
      'model gpt-4o authenticates-with credential OPENAI_API_KEY',
      'tool delete_file deletes data-store data (files)',
      'tool fetch authenticates-with credential CRM_TOKEN',
      'tool fetch egresses-to external-service crm.acme.example',
      'tool fetch ingests external-service crm.acme.example',
    ],
    issues: [],
  };
  expect(await shownBy(rustAgentsSource, projectIn(import.meta.dirname))).toEqual(expected);
});
