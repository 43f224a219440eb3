import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../electron/build/ensure-built.ts';
import { type Look, launchBrowser, makePlace, openPage, serve } from '../e2e/browser.ts';
import { type EstateName, makeEstate } from './estates.ts';
import { enter, states } from './states.ts';

// npm run screens -- --output DIR [--only part-of-a-name] : a PNG of every screen and state, light and dark, 1280 and 1920 wide.
const { values } = parseArgs({
  options: {
    output: { type: 'string' },
    only: { type: 'string' },
    theme: { type: 'string' },
    width: { type: 'string' },
  },
});
const output = resolve(values.output ?? 'test-results/screens');

const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((theme) => [
  { width: 1280, height: 800, theme },
  { width: 1920, height: 1080, theme },
]);
const wanted = states.filter((state) => values.only === undefined || state.name.includes(values.only));
const wantedLooks = looks.filter(
  (look) =>
    (values.theme === undefined || look.theme === values.theme) &&
    (values.width === undefined || String(look.width) === values.width),
);

await ensureBuilt(['cli', 'renderer'], (line) => console.error(line));
mkdirSync(output, { recursive: true });
const place = makePlace();
const browser = await launchBrowser();
let written = 0;
let failed = 0;
try {
  for (const estate of new Set(wanted.map((state) => state.estate))) {
    const workspace = estate === null ? null : await makeEstate(place, estate as EstateName);
    for (const look of wantedLooks) {
      const served = await serve(place, workspace);
      const open = await openPage(browser, served, look);
      for (const state of wanted.filter((candidate) => candidate.estate === estate)) {
        const file = join(output, `${state.name}-${look.theme}-${look.width}.png`);
        try {
          await enter(open, state);
          await open.page.screenshot({ path: file });
          written++;
        } catch (error) {
          failed++;
          console.error(
            `${state.name} (${look.theme}, ${look.width}): ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
          );
        }
      }
      for (const line of open.trouble) {
        failed++;
        console.error(`${estate ?? 'start'} (${look.theme}, ${look.width}): ${line}`);
      }
      await open.context.close();
      await served.stop();
    }
  }
} finally {
  await browser.close();
  place.remove();
}
console.log(`${written} pictures in ${output}${failed === 0 ? '' : `, ${failed} problems`}`);
process.exitCode = failed === 0 ? 0 : 1;
