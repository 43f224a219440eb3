import { registerHooks } from 'node:module';

// Loaded before the app's main bundle: `electron` is the stand-in from here on.
const standIn = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main') return { url: standIn, shortCircuit: true };
    return next(specifier, context);
  },
});
