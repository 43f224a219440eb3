import { modelTextFacts } from '../host/model-text.ts';
import { confidenceOf } from '../host/location.ts';
import { placedRef } from '../keys.ts';
import { ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import type { FileSource, Location } from '../source.ts';

/** Folders that people keep pages for retrieval in; no document names them, so nothing here is more than `medium`. */
const folders = ['kb', 'knowledge', 'knowledge-base', 'knowledge_base', 'knowledgebase'] as const;

/**
 * Pages of a knowledge folder: text that retrieval puts before a model. A page is a fact only where something in it is
 * out of sight of the people who read it.
 */
export const knowledgeDocuments: FileSource = {
  kind: 'file',
  id: 'knowledge/documents',
  version: 1,
  title: 'Pages of knowledge folders',
  product: 'knowledge',
  productTitle: 'Knowledge folders',
  locations: folders.flatMap((folder): readonly Location[] =>
    ['md', 'txt', 'html'].map((extension) => ({
      scope: 'project',
      base: 'project',
      path: `${folder}/**/*.${extension}`,
      confidence: 'medium',
    })),
  ),
  emits: ['prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const { claims: _claims, ...found } = modelTextFacts(file.text, 1);
    if (Object.keys(found).length === 0) {
      builder.note('nothing in it is out of sight: no facts taken');
      return builder.done();
    }
    builder.asset({
      ...placedRef('prompt', file),
      name: file.place.split('/').at(-1) ?? file.place,
      properties: { role: 'document', scope: file.scope, sha256: file.sha256, ...found },
      lines: wholeFile(file.text),
      confidence: confidenceOf(file),
    });
    return builder.done();
  },
};
