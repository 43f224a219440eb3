import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEstate } from '../screens/estates.ts';
import { enter, states } from '../screens/states.ts';
import { launchBrowser, makePlace, openPage, type Place, serve } from './browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let place: Place;

beforeAll(async () => {
  browser = await launchBrowser();
  place = makePlace();
});

afterAll(async () => {
  await browser?.close();
  place?.remove();
});

type Violation = {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
};

/** Runs axe-core in the page's isolated world, so that the page's own content security policy stays in force. */
async function seriousViolations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  });
  await session.send('Runtime.evaluate', { expression: axeSource, contextId: executionContextId });
  const expression = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations))`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails !== undefined)
    throw new Error(`axe did not run: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  const violations = JSON.parse(String(result.value)) as Violation[];
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      (violation) =>
        `${violation.id}: ${violation.help} at ${violation.nodes
          .slice(0, 3)
          .map((node) => JSON.stringify(node.target))
          .join(', ')}`,
    );
}

const estates = [...new Set(states.map((state) => state.estate))];

describe.each(estates)('screens with %s', (estate) => {
  test.each(['light', 'dark'] as const)(
    'in %s: no serious accessibility violation, no error, no policy report, nothing fetched from elsewhere',
    async (theme) => {
      const workspace =
        estate === null
          ? null
          : await makeEstate(place, estate).catch((error: unknown) => {
              // The second theme finds the workspace of the first.
              if (String(error).includes('exists')) return `${place.folder}/${estate}.countersign`;
              throw error;
            });
      const served = await serve(place, workspace);
      const open = await openPage(browser, served, { width: 1280, height: 800, theme });
      const found: string[] = [];
      try {
        for (const state of states.filter((candidate) => candidate.estate === estate)) {
          await enter(open, state);
          for (const violation of await seriousViolations(open.page)) found.push(`${state.name}: ${violation}`);
        }
      } finally {
        await open.context.close();
        await served.stop();
      }
      expect({ violations: found, trouble: open.trouble }).toEqual({ violations: [], trouble: [] });
    },
    // An estate may have fifty states, and each is looked at in full.
    300_000,
  );
});
