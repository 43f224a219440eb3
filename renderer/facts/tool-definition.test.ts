import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from './capabilities.ts';
import { toolDefinitionOf } from './tool-definition.ts';

describe('definition of a tool', () => {
  it('is what the server declares, with its hashes and what stands out', () => {
    const tool = toolDefinitionOf({
      description: 'Reads.',
      descriptionHash: 'aa',
      definitionHash: 'bb',
      inputSchema: {
        hash: 'cc',
        text: '{}',
        parameters: [{ name: 'path', type: 'string', required: true }],
        parametersLeftOut: 2,
      },
      annotations: { readOnlyHint: true },
      hiddenCharacters: [{ where: 'description', codePoint: 'U+200B', what: 'zero width space', count: 3, text: '' }],
      steersModel: [{ where: 'description', what: 'hides-from-user', text: 'do not tell' }],
      differsFromListed: ['description'],
    });
    expect(tool).toMatchObject({
      description: 'Reads.',
      descriptionHash: 'aa',
      definitionHash: 'bb',
      schemaHash: 'cc',
      hasSchema: true,
      parameters: [{ name: 'path', type: 'string', required: true }],
      parametersLeftOut: 2,
      annotations: ['read only hint: yes'],
    });
    expect(tool.warnings).toEqual([
      '3 zero width space (U+200B) in description',
      'description hides from user: "do not tell"',
      'the server lists another description than its code has',
    ]);
  });

  it('leaves unknown what is not declared', () => {
    expect(toolDefinitionOf({})).toMatchObject({ description: null, hasSchema: false, annotations: [], warnings: [] });
  });

  it('takes only known classes, with the line that shows each', () => {
    expect(
      capabilitiesOf({
        capabilities: [
          { class: 'deletes', place: 'a.py', line: 4, because: 'os.remove', confidence: 'high' },
          { class: 'writes', because: 'its name', guess: true },
          { class: 'something-else' },
          'sends-outside',
        ],
      }),
    ).toEqual([
      { class: 'deletes', because: 'os.remove', confidence: 'high', guess: false, place: { file: 'a.py', line: 4 } },
      { class: 'writes', because: 'its name', confidence: '', guess: true, place: null },
      { class: 'sends-outside', because: '', confidence: '', guess: false, place: null },
    ]);
  });
});
