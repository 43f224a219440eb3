import { z } from 'zod';
import { comparisonSchema } from '../../../shared/model/changes.ts';

/** What `countersign diff --format json` prints, as JSON Schema 2020-12. Readers must accept what a later minor version adds. */
export function comparisonJsonSchema(): object {
  const schema = z.toJSONSchema(comparisonSchema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://countersign.example/schemas/diff-1.schema.json',
    title: 'Countersign comparison, version 1',
    description:
      'Printed by `countersign diff --format json`. Evidence counts the roots of its side; lines are 1-based.',
    ...schema,
  };
}
