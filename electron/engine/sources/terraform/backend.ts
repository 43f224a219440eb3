import { at, each, knownText } from '../infrastructure/expression.ts';
import { linesAt, type PlacedFacts } from '../infrastructure/placed-facts.ts';
import { bucketStore } from '../infrastructure/stores.ts';
import type { TerraformProject } from './project.ts';

/**
 * Where the state of a folder is kept that holds agents: who can write it decides what is deployed, and secrets stand in
 * it in the clear.
 */
export function emitBackends(project: TerraformProject, facts: PlacedFacts): void {
  const withFacts = new Set(facts.readings().map(({ place }) => place.slice(0, Math.max(0, place.lastIndexOf('/')))));
  for (const module of project.modules.values()) {
    if (!withFacts.has(module.folder)) continue;
    for (const { place, block } of module.settings) {
      const value = project.value(module, { place, expression: block.body });
      for (const backend of each(at(value, 'backend'))) {
        const type = knownText(at(backend, '%label'));
        const bucket = at(backend, 'bucket');
        const name = knownText(bucket);
        if (bucket === undefined || name === undefined || (type !== 's3' && type !== 'gcs')) continue;
        const draft = bucketStore(type === 's3' ? 's3' : 'gs', name);
        facts.builder(place).asset({
          ...draft,
          properties: { ...draft.properties, holds: 'Terraform state', sensitivity: 'secret' },
          lines: linesAt(bucket),
        });
      }
    }
  }
}
