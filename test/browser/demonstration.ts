import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { Launched } from '../support/launched.ts';

export const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

export interface Look {
  width: number;
  theme: 'light' | 'dark';
  language: 'en' | 'ja';
}

/** The demonstration, as `npm run demo` starts it, and a real browser before it. */
export class Demonstration {
  readonly #launched = new Launched();
  #browser: Browser | undefined;

  async start(): Promise<void> {
    this.#launched.start('demo/main.js');
    this.#browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
    await this.#launched.saw('Ctrl-C stops everything');
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#launched.remove();
  }

  /** What it prints, to be pasted into a shell. */
  given(name: 'API' | 'KEY' | 'SITE'): string {
    const value = new RegExp(`${name}=(\\S+)`).exec(this.#launched.output)?.[1];
    if (value === undefined) throw new Error(`The demonstration prints no ${name}: ${this.#launched.output}`);
    return value;
  }

  /** A window that nobody has signed in to, and all that breaks in it: policy violations and errors of the page. */
  async window({ width, theme, language }: Look): Promise<{ page: Page; broken: string[] }> {
    if (!this.#browser) throw new Error('The browser has not been started.');
    const context = await this.#browser.newContext({
      baseURL: this.given('API'),
      viewport: { width, height: 860 },
      colorScheme: theme,
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const broken: string[] = [];
    await page.exposeFunction('tell', (text: string) => broken.push(text));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        (globalThis as unknown as { tell(text: string): void }).tell(`${violatedDirective} ${blockedURI}`),
      );
    });
    page.on('pageerror', ({ message }) => broken.push(message));
    return { page, broken };
  }

  /** Signs in as a person does, with the key that the demonstration prints. */
  async signedIn(look: Look): Promise<{ page: Page; broken: string[] }> {
    const opened = await this.window(look);
    const { page } = opened;
    await page.goto('/');
    await page.getByRole('button', { name: /API key|API キー/ }).click();
    await page.locator('input[name=key]').fill(this.given('KEY'));
    await page.locator('button[type=submit]').click();
    await page.getByRole('grid').waitFor();
    await page.evaluate(async () => document.fonts.ready);
    return opened;
  }

  async read<T>(page: Page, path: string): Promise<T> {
    const response = await page.request.get(`/v1/sites/${this.given('SITE')}${path}`);
    return (await response.json()) as T;
  }
}

/** What axe finds against WCAG 2.2 AA and its best practices. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} (${nodes.length})`);
}

/** By how many pixels the page is wider than the window; a table scrolls in itself. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
