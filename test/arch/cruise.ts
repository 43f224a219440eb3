import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

export type Violation = { readonly rule: string; readonly from: string; readonly to: string; readonly comment: string };
export type Cruised = { readonly modules: number; readonly violations: readonly Violation[] };

const layers = ['electron', 'renderer', 'shared'];

/** Runs the rules of `.dependency-cruiser.cjs` over the layers below `folder`. */
export async function cruiseLayers(folder: string): Promise<Cruised> {
  const rules = createRequire(import.meta.url)(join(import.meta.dirname, '..', '..', '.dependency-cruiser.cjs')) as {
    readonly forbidden: (ICruiseOptions['ruleSet'] & object)['forbidden'];
    readonly options: ICruiseOptions;
  };
  const { tsConfig: _left, enhancedResolveOptions, ...options } = rules.options;
  const result = await cruise(
    layers.filter((layer) => existsSync(join(folder, layer))),
    { ...options, baseDir: folder, validate: true, ruleSet: { forbidden: rules.forbidden ?? [] } },
    enhancedResolveOptions ?? {},
  );
  const output = result.output as ICruiseResult;
  return {
    modules: output.modules.filter((module) => layers.some((layer) => module.source.startsWith(`${layer}/`))).length,
    violations: output.summary.violations.map((violation) => ({
      rule: violation.rule.name,
      from: violation.from,
      to: violation.to,
      comment: rules.forbidden?.find((rule) => rule.name === violation.rule.name)?.comment ?? '',
    })),
  };
}
