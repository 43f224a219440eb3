import type { Exporter } from './exporter.ts';
import { jsonExporter } from './json/write.ts';
import { sarifExporter } from './sarif/write.ts';

/** Every format that facts can be written in, by the name that `--format` takes. */
export const exporters: readonly Exporter[] = [jsonExporter, sarifExporter];
