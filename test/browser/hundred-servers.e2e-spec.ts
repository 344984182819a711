import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS, HundredServers, type Place, SERVERS } from './hundred-servers.ts';
import { BROWSER, joinBrowser, openWindow, PLAIN } from './window.ts';

/** So many cells of all rows, spread over the servers. */
const places = (count: number, from = 0): Place[] =>
  Array.from({ length: count }, (_, n) => [(from + n) % CHECKS, Math.floor((from + n) / CHECKS) % SERVERS]);

/** `npm run test:browser` prints what each costs; nothing is judged by it, since it is the machine's speed. */
describe.skipIf(!BROWSER)('a hundred servers with forty checks each', () => {
  const site = new HundredServers();
  let browser: Browser;
  let page: Page;
  let broken: string[];
  let session: CDPSession;
  let spent = 0;

  /** What the main thread has computed since it was asked last, by its own clock. */
  async function spentMs(): Promise<number> {
    const { metrics } = await session.send('Performance.getMetrics');
    const all = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
    const since = all - spent;
    spent = all;
    return Math.round(since);
  }

  beforeAll(async () => {
    browser = await joinBrowser();
    const address = await site.listen();
    ({ page, broken } = await openWindow(browser, new URL(address).origin, PLAIN));
    session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(address);
    await page.locator('.live[data-on=true]').waitFor();
    await page.getByRole('grid').waitFor();
    const loading = await spentMs();
    // One column each: the folded table has a handful of cells alone.
    await page.getByRole('checkbox', { name: 'Fold servers that are alike' }).uncheck();
    await page.waitForFunction(
      (all) => document.querySelectorAll('[data-cell]').length === all,
      SERVERS * CHECKS,
    );
    console.info(`100 × 40: load ${loading} ms of main thread, each server apart ${await spentMs()} ms`);
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });

  /** Counts cells in which anything was drawn anew while `change` was told, until `shown` of them show it. */
  async function redrawn(change: () => void, mark: string, shown: number): Promise<number> {
    await page.evaluate(() => {
      const drawn = new Set<Element>();
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const cell = (target instanceof Element ? target : target.parentElement)?.closest('td');
          if (cell) drawn.add(cell);
        }
      });
      const grid = document.querySelector('[role=grid]');
      if (grid)
        observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
      Object.assign(globalThis, { drawn, observer });
    });
    change();
    await page.waitForFunction(
      ([text, count]) =>
        [...document.querySelectorAll('[data-cell]')].filter((cell) => cell.textContent?.includes(text))
          .length === count,
      [mark, shown] as const,
    );
    return page.evaluate(() => {
      const { drawn, observer } = globalThis as unknown as {
        drawn: Set<Element>;
        observer: MutationObserver;
      };
      observer.disconnect();
      return drawn.size;
    });
  }

  it.each([1, 50, 400, 4_000])('draws no cell anew but the %i that have changed', async (count) => {
    const ms = 10_000 + count;
    await spentMs();
    const drawn = await redrawn(
      () => site.change(places(count), { ms: ms * 1_000 }),
      `${(ms * 1_000) / 1_000} s`,
      count,
    );
    console.info(`100 × 40: ${count} cells changed, ${drawn} drawn, ${await spentMs()} ms of main thread`);
    expect(drawn).toBe(count);
  });

  it('draws a failure where it came, and leaves every other cell and every column where it was', async () => {
    const heads = () => page.locator('thead th[data-agent]').allTextContents();
    const before = (await heads()).map((text) => text.slice(0, 6));
    const drawn = await redrawn(
      () => site.change([[3, 42]], { outcome: 'fail', phase: 'tls', code: 'untrusted', severity: 'error' }),
      'untrusted',
      1,
    );
    expect(drawn).toBe(1);
    expect((await heads()).map((text) => text.slice(0, 6))).toEqual(before);
    expect(broken).toEqual([]);
  });
});
