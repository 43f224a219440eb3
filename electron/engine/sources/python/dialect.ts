import type { ModuleIndex } from './modules.ts';
import { moduleIndex, type ReadContent } from './modules.ts';
import type { Resolver } from './resolver.ts';
import type { LoadedModule } from './scopes.ts';
import type { ImportedName } from './summary.ts';
import type { CallValue, Value } from './values.ts';

/** Where a language that is evaluated like Python differs from it. Null stands for "as in Python". */
export type Dialect = {
  /** What `read` gives on the way is added to the modules. */
  index(modules: LoadedModule[], rootLabel: string, read?: ReadContent): ModuleIndex;
  /** Origin of a name that no file of the project defines: `package.name`. */
  pathOf(name: ImportedName): string;
  /** `from x import *` makes names known in its own file, not only to the files that import from there. */
  readonly starsBind: boolean;
  /** Expressions that are evaluated for one at most; what is beyond stays unknown. */
  readonly mostSteps: number;
  /** Of very many functions that a call may mean, the ones that are looked into. */
  few(options: readonly Value[]): readonly Value[];
  member(value: Value, name: string, resolver: Resolver): Value | null;
  /** `argument` evaluates the argument at a position. */
  called(result: CallValue, argument: (position: number) => Value | null, resolver: Resolver): Value | null;
};

export const pythonDialect: Dialect = {
  index: moduleIndex,
  pathOf: (name) => (name.name === null ? name.module : `${name.module}.${name.name}`),
  starsBind: true,
  mostSteps: 20_000,
  few: (options) => options,
  member: () => null,
  called: () => null,
};
