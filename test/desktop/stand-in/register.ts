import { realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

// Loaded before the app's main bundle: `electron` is the stand-in from here on.
const standIn = new URL('./electron-module.ts', import.meta.url).href;
const main = pathToFileURL(realpathSync(process.argv[1] ?? '')).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main') return { url: standIn, shortCircuit: true };
    return next(specifier, context);
  },
  load(url, context, next) {
    const loaded = next(url, context);
    if (url !== main) return loaded;
    // Electron is not ready before the main module has run to its end: one that awaits that at its top level waits for ever.
    return { ...loaded, source: `${String(loaded.source)}\n;process.emit('stand-in:main-ran');\n` };
  },
});
