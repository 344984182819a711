import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../support/api.ts';
import { REFUSED, siteOf } from '../support/finding-site.ts';
import { BROWSER, joinBrowser, openWindow, PLAIN, signIn, violations } from './window.ts';

/** A cable between browser and API: cut, nothing passes and nothing new is connected, until it is put back. */
class Cable {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #whole = true;

  constructor(port: number) {
    this.#server = createServer((near) => {
      if (!this.#whole) return void near.destroy();
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  async lay(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as { port: number }).port;
  }
  cut(): void {
    this.#whole = false;
    for (const socket of this.#sockets) socket.destroy();
  }
  mend(): void {
    this.#whole = true;
  }
  close(): void {
    this.cut();
    this.#server.close();
  }
}

describe.skipIf(!BROWSER)('a page that is open while something ends', () => {
  let api: RunningApi;
  let browser: Browser;
  let cable: Cable;
  let port: number;
  let address: string;
  let siteId: string;
  let site: Awaited<ReturnType<typeof siteOf>>;

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi(), joinBrowser()]);
    port = Number(new URL(api.url).port);
    cable = new Cable(port);
    address = `http://127.0.0.1:${await cable.lay()}`;
    site = await siteOf(api, 'app01', 'app02');
    ({ siteId } = site);
    await site.report('app01');
    await site.report('app02');
  });
  afterAll(async () => {
    cable.close();
    await browser.close();
    await site.leave();
    await api.close();
  });

  async function opened(path: string) {
    const window = await openWindow(browser, address, PLAIN);
    await window.page.goto(path);
    await signIn(window.page, api.apiKey);
    return window;
  }
  const live = (page: Page, on: boolean) => page.locator(`.live[data-on="${on}"]`).waitFor();

  it('says that it is not live when the network is cut, keeps what it shows, and is live again by itself', async () => {
    const { page, broken } = await opened(`/sites/${siteId}`);
    await live(page, true);
    expect(await page.locator('[data-kind=error]').count()).toBe(0);
    cable.cut();
    await live(page, false);
    await page.getByText('Mailpath does not answer').waitFor();
    expect(await page.getByRole('grid').textContent()).toContain('app02');
    expect(await violations(page)).toEqual([]);
    // What happens meanwhile is told when the cable is whole again: nobody has to load the page.
    await site.report('app02', REFUSED);
    cable.mend();
    await live(page, true);
    await page.locator('[data-kind]:is([data-kind=error], [data-kind=warning])').first().waitFor();
    await page.getByText('Mailpath does not answer').waitFor({ state: 'detached' });
    expect(broken).toEqual([]);
    await page.context().close();
  });

  it('keeps a form that was typed into while the API is started again, and says why it could not be sent', async () => {
    const { page, broken } = await opened(`/sites/${siteId}/servers/new`);
    await page.locator('input[name=name]').fill('svc-typed');
    await page.locator('input[name=services]').check();
    await api.app.close();
    const submit = page.locator('main button[type=submit]');
    await submit.click();
    await page.getByText('What you typed is still here').waitFor();
    expect(await page.locator('input[name=name]').inputValue()).toBe('svc-typed');
    const { database } = api;
    api = await startApi({ database, port });
    await live(page, true);
    expect(await page.locator('input[name=name]').inputValue()).toBe('svc-typed');
    await submit.click();
    await page.locator('code').first().waitFor();
    expect(broken).toEqual([]);
    await page.context().close();
  });

  it('asks for a sign-in over the page when the session has ended, and every word stays', async () => {
    const { page, broken } = await opened(`/sites/${siteId}/mailboxes`);
    const field = page.locator('input[name=address]');
    await field.fill('typed@contoso.example');
    await api.database.query('delete from sessions');
    // Whatever is refused first tells it: here what is pressed.
    await page.locator('main form button[type=submit]').click();
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    await again.waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await field.inputValue()).toBe('typed@contoso.example');
    await page.keyboard.press('Escape');
    await again.waitFor();
    await again.getByRole('button', { name: 'API key' }).click();
    await again.locator('input[name=key]').fill(api.apiKey);
    await again.locator('button[type=submit]').click();
    await again.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('typed@contoso.example');
    await page.locator('main form button[type=submit]').click();
    await page.getByRole('heading', { name: 'typed@contoso.example' }).waitFor();
    expect(broken).toEqual([]);
    await page.context().close();
  });
});
