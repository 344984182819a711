import type { Browser, Page } from 'playwright-core';
import { Launched } from '../support/launched.ts';
import { joinBrowser, type Look, type Opened, openWindow, signIn } from './window.ts';

/** The demonstration, as `npm run demo` starts it, and a real browser before it. */
export class Demonstration {
  readonly #launched = new Launched();
  #browser: Browser | undefined;

  async start(): Promise<void> {
    this.#launched.start('demo/main.js');
    this.#browser = await joinBrowser();
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

  /** A window that nobody has signed in to. */
  window(look: Look): Promise<Opened> {
    if (!this.#browser) throw new Error('The browser has not been joined.');
    return openWindow(this.#browser, this.given('API'), look);
  }

  /** Signs in as a person does, with the key that the demonstration prints. */
  async signedIn(look: Look): Promise<Opened> {
    const opened = await this.window(look);
    await opened.page.goto('/');
    await signIn(opened.page, this.given('KEY'));
    await opened.page.getByRole('grid').waitFor();
    await opened.page.evaluate(async () => document.fonts.ready);
    return opened;
  }

  async read<T>(page: Page, path: string): Promise<T> {
    const response = await page.request.get(`/v1/sites/${this.given('SITE')}${path}`);
    return (await response.json()) as T;
  }
}
