import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

/** Null where no browser is installed: the specs of the lane skip then, and say so. */
export const BROWSER = inject('browser');

export interface Look {
  width: number;
  theme: 'light' | 'dark';
  language: 'en' | 'ja';
}
export const PLAIN: Look = { width: 1280, theme: 'light', language: 'en' };

/** The browser of the lane; closing it here ends what was opened here alone. */
export const joinBrowser = (): Promise<Browser> => chromium.connect(BROWSER ?? '');

export interface Opened {
  page: Page;
  /** All that broke in it: policy violations, errors of the page, and what a page asked with a dialog. */
  broken: string[];
}

/** Less than a test of this lane has, so that it says what it waited for. */
const LONGEST_WAIT_MS = 240_000;

/** A window at an address that nobody has signed in to. */
export async function openWindow(
  browser: Browser,
  baseURL: string,
  { width, theme, language }: Look,
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: 860 },
    colorScheme: theme,
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    reducedMotion: 'reduce',
  });
  // It ends what hangs, and judges nobody who is slow.
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  const page = await context.newPage();
  const broken: string[] = [];
  await page.exposeFunction('tell', (text: string) => broken.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { tell(text: string): void }).tell(`${violatedDirective} ${blockedURI}`),
    );
  });
  page.on('pageerror', ({ message }) => broken.push(message));
  page.on('dialog', (dialog) => {
    broken.push(`${dialog.type()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, broken };
}

/** Signs in as a person does, with an API key. */
export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: /API key|API キー/ }).click();
  await page.locator('input[name=key]').fill(key);
  await page.locator('button[type=submit]').click();
}

/** What axe finds against WCAG 2.2 AA and its best practices. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} (${nodes.length})`);
}

/** By how many pixels the page is wider than the window; a table scrolls in itself. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
