import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../support/api.ts';
import { REFUSED, siteOf } from '../support/finding-site.ts';
import { UpgradableSite } from './upgradable-site.ts';
import { BROWSER, joinBrowser, openWindow, PLAIN, signIn, violations } from './window.ts';

const SHOTS = 'node_modules/.cache/dashboard';

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

describe.skipIf(!BROWSER)('a page that is open while something ends or changes', () => {
  let api: RunningApi;
  let browser: Browser;
  let cable: Cable;
  let port: number;
  let address: string;
  const downloads = mkdtempSync(join(tmpdir(), 'mailpath-downloads-'));
  let siteId: string;
  let site: Awaited<ReturnType<typeof siteOf>>;

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ env: { MAILPATH_DOWNLOADS: downloads } }), joinBrowser()]);
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
    rmSync(downloads, { recursive: true, force: true });
  });

  async function opened(path: string) {
    const window = await openWindow(browser, address, PLAIN);
    await window.page.goto(path);
    await signIn(window.page, api.apiKey);
    return window;
  }
  const live = (page: Page, on: boolean) => page.locator(`.live[data-on="${on}"]`).waitFor();

  it('shows an upgrade that was planned, stopped, kept by every group, and rolled back by a server', async () => {
    const upgradable = await UpgradableSite.of(api, downloads, 'svc01', 'svc02', 'svc03');
    upgradable.offer('0.2.0');
    const { page, broken } = await opened(`/sites/${upgradable.siteId}/agents`);
    const begin = page.locator('main form button[type=submit]');
    const newest = page.locator('main details').first();
    const shoot = (name: string) => page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });

    // Hours that cannot be meant are told beside them, before anything is sent.
    await page.getByLabel('Offer it only at certain hours').check();
    const days = page.getByRole('group', { name: 'Days' });
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
      await days.getByLabel(day).uncheck();
    await begin.click();
    await page.getByText('Choose at least one day').waitFor();
    expect(await days.getByLabel('Monday').evaluate((field) => field === document.activeElement)).toBe(true);
    // A day on which this spec is not run any more.
    await days.getByLabel(upgradable.farDay).check();
    await page.getByLabel('From').fill('10:00');
    await page.getByLabel('Until').fill('10:00');
    await begin.click();
    await page.getByText('choose another end').waitFor();
    await shoot('upgrade-wrong-hours');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Until').fill('09:00');
    await page.getByLabel('Time zone').selectOption('UTC');
    await page.getByText('until this time on the next day').waitFor();
    await begin.click();
    await newest.getByText(`Only on ${upgradable.farDay}, 10:00 to 09:00 (UTC)`).waitFor();
    expect(await newest.getByText('waits for its turn').count()).toBe(3);
    await newest.getByRole('button', { name: 'Stop this upgrade' }).click();
    await newest.getByRole('group').getByRole('button', { name: 'Stop this upgrade' }).click();
    await newest.getByText('stopped by a person').waitFor();

    // svc03 goes first, svc01 after it, and svc02 with all others.
    await page.getByLabel('Server that goes first').selectOption('svc03');
    await page.getByLabel('svc01').selectOption('Group 2');
    await begin.click();
    for (const name of ['svc03', 'svc01', 'svc02']) await upgradable.tell(name, 'kept');
    await newest.getByText('done on all servers').waitFor();
    expect(await newest.locator('ol > li').allInnerTexts()).toEqual([
      expect.stringMatching(/First, by itself\s+svc03\s+kept/),
      expect.stringMatching(/Group 2\s+svc01\s+kept/),
      expect.stringMatching(/Last\s+svc02\s+kept/),
    ]);
    await shoot('upgrade-kept');

    upgradable.offer('0.3.0');
    await page.getByLabel('Server that goes first').selectOption('svc02');
    await begin.click();
    await upgradable.tell('svc02', 'rolled-back', 'it did not join within two minutes');
    await newest.getByText('halted: a server did not keep it').waitFor();
    expect(await newest.innerText()).toMatch(/svc02\s+rolled back: .?it did not join/);
    expect(await newest.getByText('was not offered it').count()).toBe(2);
    await page.getByRole('row', { name: 'svc03' }).getByText('was not offered it').waitFor();
    await shoot('upgrade-rolled-back');
    expect(await violations(page)).toEqual([]);
    expect(broken).toEqual([]);
    await page.context().close();
    await upgradable.leave();
  });

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

  it('keeps what is typed at the sign-in while it asks again and again whether somebody is signed in', async () => {
    const { page, broken } = await openWindow(browser, address, PLAIN);
    await page.goto('/sites');
    await page.getByRole('button', { name: 'API key' }).click();
    await page.locator('input[name=key]').fill('mpk_half');
    for (let time = 0; time < 2; time += 1)
      await page.waitForResponse((answer) => new URL(answer.url()).pathname === '/v1/sites');
    expect(await page.locator('input[name=key]').inputValue()).toBe('mpk_half');
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
