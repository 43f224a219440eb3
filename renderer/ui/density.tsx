import { createContext, use } from 'react';

export type Density = 'compact' | 'roomy';

/** Height of a table row in pixels. The same numbers as `--row` and `--row-roomy`, for what is positioned by calculation. */
const rowHeights: { readonly [D in Density]: number } = { compact: 28, roomy: 36 };

export const DensityContext = createContext<Density>('compact');

export const useRowHeight = (): number => rowHeights[use(DensityContext)];
