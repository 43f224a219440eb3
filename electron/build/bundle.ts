import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { checkout, outFolder, type Part, presentEntries } from './parts.ts';
import { type BuildRecord, readRecord, recordPath, stampOf } from './stamp.ts';

/** Native code and what the runtime brings itself; everything else is inside the bundles. */
const external = ['electron', 'better-sqlite3', ...builtinModules, /^node:/];

/**
 * Builds one part into a folder of its own, then moves the files over the old ones, so that a command that starts
 * meanwhile never sees half a bundle. Throws when anything does not build.
 */
export async function bundlePart(part: Part): Promise<void> {
  const stamp = stampOf(part, checkout);
  const fresh = join(outFolder, `.building-${part.name}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    await bundleInto(part, fresh);
    replaceFiles(part, fresh, stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function bundleInto(part: Part, fresh: string): Promise<void> {
  const entries = presentEntries(part);
  if (Object.keys(entries).length > 0) await build(nodeBundle(entries, fresh));
  if (part.preload !== null && existsSync(join(checkout, part.preload)))
    await build(preloadBundle(part.preload, fresh));
  if (part.pages !== null) await buildPages(part.pages, join(fresh, part.name));
  for (const [output, source] of Object.entries(part.copies)) {
    if (!existsSync(join(checkout, source))) continue;
    mkdirSync(dirname(join(fresh, output)), { recursive: true });
    cpSync(join(checkout, source), join(fresh, output));
  }
}

type Warning = { readonly code?: string; readonly id?: string; readonly message: string };

/** web-tree-sitter can evaluate JavaScript that a grammar brings along; the grammar that ships has none. */
const isExpected = (warning: Warning): boolean =>
  warning.code === 'EVAL' && /node_modules.web-tree-sitter./.test(warning.id ?? warning.message);

function nodeBundle(entries: { [output: string]: string }, outDir: string): InlineConfig {
  return {
    configFile: false,
    root: checkout,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([output, source]) => [output, join(checkout, source)])),
        external,
        onwarn: (warning, warn) => {
          if (!isExpected(warning)) warn(warning);
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}

function preloadBundle(source: string, outDir: string): InlineConfig {
  return {
    configFile: false,
    root: checkout,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { preload: join(checkout, source) },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

async function buildPages(folder: string, outDir: string): Promise<void> {
  const configFile = join(checkout, folder, 'vite.config.ts');
  if (!existsSync(configFile)) throw new Error(`${configFile} is missing: the pages cannot be built`);
  await build({
    configFile,
    root: join(checkout, folder),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
  });
}

function replaceFiles(part: Part, fresh: string, stamp: string): void {
  const before = readRecord(part, outFolder);
  const files = readdirSync(fresh, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(fresh, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  for (const file of files) {
    mkdirSync(dirname(join(outFolder, file)), { recursive: true });
    renameSync(join(fresh, file), join(outFolder, file));
  }
  const record: BuildRecord = { stamp, files };
  writeFileSync(recordPath(part, outFolder), JSON.stringify(record));
  const kept = new Set([...files, ...otherFiles(part)]);
  for (const file of before?.files ?? []) if (!kept.has(file)) rmSync(join(outFolder, file), { force: true });
}

/** Parts share the folder of chunks: a chunk of the same name and hash may belong to two of them. */
function otherFiles(part: Part): readonly string[] {
  const records = readdirSync(outFolder).filter((name) => /^\.built-[a-z]+\.json$/.test(name));
  return records
    .map((name) => name.slice('.built-'.length, -'.json'.length))
    .filter((name) => name !== part.name)
    .flatMap((name) => readRecord({ ...part, name: name as Part['name'] }, outFolder)?.files ?? []);
}
