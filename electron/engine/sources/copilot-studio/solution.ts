import { FlowFacts } from '../low-code/flow-facts.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource } from '../source.ts';
import { agentOf, describe, emitComponent } from './components.ts';

/**
 * Solution exports, unpacked: `botcomponents/<bot>.<type>.<name>/data` holds the YAML of one part. Unverified against a
 * schema; forms from public examples.
 */
export const copilotStudioSolution: FileSource = {
  kind: 'file',
  id: 'copilot-studio/solution',
  version: 1,
  title: 'Copilot Studio agents in solution exports',
  product: 'copilot-studio',
  productTitle: 'Copilot Studio',
  locations: [{ scope: 'project', base: 'project', path: 'botcomponents/*/data', confidence: 'low' }],
  emits: ['agent', 'model', 'prompt', 'tool', 'mcp-server', 'credential', 'data-store', 'external-service'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const { root, problems } = parseYaml(file.text);
    builder.problems(problems);
    if (root === null) {
      if (problems.some((problem) => problem.kind !== 'empty')) builder.malformed('not valid YAML');
      return builder.done();
    }
    const part = file.place.split('/').at(-2) ?? '';
    const bot =
      /^(.{1,200}?)\.(?:gpt|topic|action|knowledge|agent|dialog|file|GlobalVariableComponent|entity|component|ExternalTriggerComponent)\./i.exec(
        part,
      )?.[1] ?? part;
    const facts = new FlowFacts(builder, 'copilot-studio', 'low');
    const owner = { ref: agentOf(`${file.anchor}/bots/${bot}`), name: bot };
    describe(facts, owner, { line: 1, endLine: 1 }, { schemaName: bot.slice(0, 200) });
    // Trigger phrases, variables and entities say nothing of what the agent may do.
    emitComponent(facts, root, owner, part.split('.').at(-1) ?? part);
    return builder.done();
  },
};
