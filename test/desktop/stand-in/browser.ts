import { type Chromium, launchChromium } from './chromium.ts';
import { startLoopback } from './loopback.ts';

/** The one browser behind all windows. Playwright waits for the line that says where it listens. */
export const browser: Promise<Chromium> = startLoopback()
  .then(launchChromium)
  .then((chromium) => {
    process.stderr.write(`DevTools listening on ${chromium.address}\n`);
    return chromium;
  });
browser.catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
