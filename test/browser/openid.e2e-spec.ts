import { createServer, type AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../support/api.ts';
import { HOSTILE, openIdEnv, person } from '../support/openid-bench.ts';
import { OpenIdProviderServer } from '../support/openid-provider.ts';
import { BROWSER, joinBrowser, type Look, openWindow, overhang, PLAIN, violations } from './window.ts';

const JAPANESE: Look = { width: 390, theme: 'dark', language: 'ja' };

/** The redirect URI is made of the settings, so the port must be known before the start. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describe.skipIf(!BROWSER)('a person who signs in with the account of the organisation', () => {
  let api: RunningApi;
  let provider: OpenIdProviderServer;
  let browser: Browser;
  let baseUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    baseUrl = `http://localhost:${port}`;
    provider = await OpenIdProviderServer.start();
    const settings = { MAILPATH_OPENID_ROLES: 'group:admins=administrator', MAILPATH_PUBLIC_URL: baseUrl };
    [api, browser] = await Promise.all([
      startApi({ port, env: openIdEnv(provider, settings) }),
      joinBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
    await provider.stop();
  });

  it.each([PLAIN, JAPANESE])(
    'comes back to the page that was asked for, signed in ($language)',
    async (look) => {
      provider.person = person(`aiko-${look.language}`, ['admins']);
      const { page, broken } = await openWindow(browser, baseUrl, look);
      await page.goto('/settings/users');
      const button = page.getByRole('link', { name: /organisation’s account|組織のアカウント/ });
      await button.waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      await button.click();
      // The session's cookie is Strict, and the browser comes from another site: the page is signed in all the same.
      const row = page.getByRole('listitem').filter({ hasText: `aiko-${look.language}@contoso.example` });
      await row.waitFor();
      expect(new URL(page.url()).pathname).toBe('/settings/users');
      expect(await row.getByRole('combobox').count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.goto('/account');
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.locator('input[type=password]').count()).toBe(0);
      expect(broken).toEqual([]);
      await page.context().close();
    },
  );

  it.each([PLAIN, JAPANESE])('is told why not, and led back to begin again ($language)', async (look) => {
    provider.person = person('nobody', ['sales', HOSTILE]);
    const { page, broken } = await openWindow(browser, baseUrl, look);
    await page.goto('/sites');
    await page.getByRole('link', { name: /organisation’s account|組織のアカウント/ }).click();
    await page.getByText('sales', { exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(look.language);
    expect(await violations(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);
    await page.getByRole('link').click();
    await page.locator('input[name=password]').waitFor();
    expect(broken).toEqual([]);
    await page.context().close();
  });
});
