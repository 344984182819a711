import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demonstration } from './demonstration.ts';
import { BROWSER, type Look, overhang, violations } from './window.ts';

const SHOTS = 'node_modules/.cache/dashboard';
const EVERY_LOOK: Look[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'ja'] as const).map((language) => ({ width, theme, language })),
  ),
);
/** Each pair of width, theme and language stands in one of these four, at half the price of all eight. */
const EVERY_PAIR: Look[] = [
  { width: 1280, theme: 'light', language: 'en' },
  { width: 1280, theme: 'dark', language: 'ja' },
  { width: 390, theme: 'light', language: 'ja' },
  { width: 390, theme: 'dark', language: 'en' },
];
const LOOKS = process.env['MAILPATH_EVERY_LOOK'] ? EVERY_LOOK : EVERY_PAIR;

/** The dashboard as a person sees it: a real browser, the demonstration's data, the policy as it is served. */
describe.skipIf(!BROWSER)('the dashboard', () => {
  const demonstration = new Demonstration();
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    await demonstration.start();
  });
  afterAll(() => demonstration.stop());

  const shoot = (page: Page, name: string, { width, theme, language }: Look) =>
    page.screenshot({ path: join(SHOTS, `${name}-${width}-${theme}-${language}.png`), fullPage: true });

  it.concurrent.for(LOOKS)(
    'says at $width pixels, $theme, $language, what fails, where, and how it differs, to everybody',
    async (look) => {
      const { page, broken } = await demonstration.signedIn(look);
      expect(await page.locator('h1').textContent()).toMatch(
        look.language === 'ja' ? /5 台中 3 台/ : /3 of 5 servers/,
      );
      expect(await page.locator('[data-kind=error]').count()).toBeGreaterThanOrEqual(9);
      await shoot(page, 'comparison', look);
      expect(await violations(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      await page.locator('[data-kind=error] a').first().click();
      await page.locator('dialog[open] table').first().waitFor();
      await page.screenshot({ path: join(SHOTS, `result-${look.width}-${look.theme}-${look.language}.png`) });
      expect(await violations(page)).toEqual([]);
      expect(broken).toEqual([]);
      await page.context().close();
    },
  );

  it.concurrent.for(LOOKS)('has no page that breaks at $width pixels, $theme, $language', async (look) => {
    const { page, broken } = await demonstration.signedIn(look);
    const { items: servers } = await demonstration.read<{ items: { id: string; name: string }[] }>(
      page,
      '/servers',
    );
    const { items: findings } = await demonstration.read<{ items: { id: string }[] }>(page, '/findings');
    const { items: signIns } = await demonstration.read<{ items: { id: string }[] }>(page, '/sign-ins');
    const site = `/sites/${demonstration.given('SITE')}`;
    // Each with what stands on it once it has read what it shows.
    const pages: Record<string, [address: string, shows: string]> = {
      findings: [`${site}/findings`, 'main li h3'],
      finding: [`${site}/findings/${findings[0]?.id}`, 'main article'],
      checklist: [`${site}/checklist`, 'main tbody tr'],
      servers: [`${site}/servers`, 'main li h2'],
      server: [`${site}/servers/${servers.find(({ name }) => name === 'svc02')?.id}`, 'main li svg'],
      agents: [`${site}/agents`, 'main tbody tr'],
      'add-server': [`${site}/servers/new`, 'main form'],
      mailboxes: [`${site}/mailboxes`, 'main li dl'],
      'sign-in': [`${site}/sign-in/${signIns[0]?.id}`, 'main ol li'],
      'set-up': [`${site}/set-up`, 'main ol li'],
      settings: [`${site}/settings`, 'main form'],
      sites: ['/sites', 'main li h2'],
      users: ['/settings/users', 'main li h2'],
      keys: ['/settings/keys', 'main li h2'],
      retention: ['/settings/retention', 'main section h2'],
      audit: ['/settings/audit', 'main li'],
      account: ['/account', 'main li'],
      'then-and-now': [`${site}/then?hours=24`, 'main tbody tr'],
      check: [`${site}/checks/imap.tls?target=imap&hours=1`, 'main li svg'],
    };
    // All pages are looked at before one is complained of.
    const wrong: { name: string; found: string[]; wider: number }[] = [];
    for (const [name, [address, shows]] of Object.entries(pages)) {
      await page.goto(address);
      await page.locator('main h1').waitFor();
      await page.locator(shows).first().waitFor();
      await shoot(page, name, look);
      const found = [...(await violations(page)), ...broken.splice(0)];
      const wider = await overhang(page);
      if (found.length > 0 || wider > 0) wrong.push({ name, found, wider });
    }
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it('is used by keyboard alone: one stop for the comparison, arrows inside, Enter opens, Escape comes back', async () => {
    const { page } = await demonstration.signedIn({ width: 1280, theme: 'light', language: 'en' });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(await page.locator('[data-cell][tabindex="0"]').count()).toBe(1);
    await page.locator('[data-cell][tabindex="0"]').focus();
    expect(await focused()).toMatch(
      /^Entra sign-in, app02: fails, TLS untrusted, .* unlike app01 and app03$/,
    );
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^Entra sign-in, app03: passes, /);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Entra sign-in on app02' }).waitFor();
    expect(await page.getByRole('dialog').textContent()).toContain('Corp Proxy CA');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toContain('app02');
    await page.context().close();
  });

  it('tells who is not signed in how to come in, in both languages', async () => {
    for (const look of EVERY_PAIR) {
      const { page, broken } = await demonstration.window(look);
      await page.goto('/');
      await page.locator('main h1').waitFor();
      await shoot(page, 'session', look);
      expect(await violations(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      expect(broken).toEqual([]);
      await page.context().close();
    }
  });

  it('tells of a client secret when it was set and when it expires, and forgets it when asked twice', async () => {
    const { page, broken } = await demonstration.signedIn({ width: 390, theme: 'light', language: 'en' });
    await page.goto(`/sites/${demonstration.given('SITE')}/settings`);
    const form = page.getByRole('form', { name: 'Client secret' });
    await form.getByLabel('Value of the secret').fill('a-secret-of-some-forty-characters-0123456');
    await form.getByLabel('Expires on').fill('2031-03-31');
    await form.getByRole('button', { name: 'Set secret' }).click();
    await form.getByText('expires on 2031-03-31').waitFor();
    await form.getByRole('button', { name: 'Remove' }).click();
    expect(await violations(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);
    await form.getByRole('group').getByRole('button', { name: 'Remove' }).click();
    await form.getByText('expires on 2031-03-31').waitFor({ state: 'detached' });
    expect(broken).toEqual([]);
    await page.context().close();
  });
});
