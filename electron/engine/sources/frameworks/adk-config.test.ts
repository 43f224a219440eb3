import { expect, it } from 'vitest';
import { adkAgentConfig } from './adk-config.ts';
import { fileInput } from './engine/link-files.ts';

const read = (text: string) => adkAgentConfig.read(fileInput('app/desk/root_agent.yaml', text));

it('reads an agent with its model, instruction, tools and sub-agents', () => {
  const reading = read(`name: desk
model: gemini-2.5-flash
description: Answers people
instruction: You answer questions about the opening hours.
tools:
  - name: google_search
  - name: desk.tools.lookup
sub_agents:
  - config_path: billing_agent.yaml
`);
  expect(reading.assets.map(({ kind, key, name, lines }) => [kind, key, name, lines?.line])).toEqual([
    ['agent', 'app/desk/root_agent.yaml#desk', 'desk', 1],
    ['model', 'google:gemini-2.5-flash', 'gemini-2.5-flash', 2],
    ['prompt', 'app/desk/root_agent.yaml#instruction', 'instruction', 4],
    ['tool', 'app/desk/root_agent.yaml#google_search', 'google_search', 6],
    ['tool', 'app/desk/root_agent.yaml#desk.tools.lookup', 'desk.tools.lookup', 7],
    ['agent', 'app/desk/root_agent.yaml#sub_agents.billing_agent', 'billing_agent', 9],
  ]);
  expect(reading.relations.map(({ kind, to }) => `${kind} ${to.kind}`)).toEqual([
    'uses model',
    'configured-by prompt',
    'uses tool',
    'uses tool',
    'delegates-to agent',
  ]);
});

it('gives nothing for what describes no agent', () => {
  expect(read('- a\n- b\n').assets).toEqual([]);
  expect(read('model: gemini\n')).toMatchObject({
    assets: [],
    issues: [{ line: 1, message: 'describes no agent: it has no name' }],
  });
  expect(read('a: [').status).toBe('malformed');
});
