import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_APPLICATION, SEED_TENANT_ID } from '../../apps/stand-in/src/seed.ts';
import { type StandIn, startStandIn } from '../../apps/stand-in/src/stand-in.ts';
import { type RunningApi, startApi } from '../support/api.ts';
import { client } from '../support/mail-site.ts';
import { RealAgent } from '../support/real-agent.ts';
import { BROWSER, joinBrowser, openWindow, PLAIN, signIn } from './window.ts';

/** Where each server reaches the stand-in; a proxy inspects what app02 sends to the web. */
const SERVERS = { app01: '127.0.0.61', app02: '127.0.0.62' } as const;

/** How a person uses a page: with a pointer, or with keys and nothing else. */
interface Hand {
  readonly press: (what: Locator) => Promise<void>;
  readonly type: (where: Locator, text: string) => Promise<void>;
}
const pointer: Hand = {
  press: (what) => what.click(),
  type: (where, text) => where.fill(text),
};
const MOST_TABS = 150;
const keys = (page: Page): Hand => {
  /** By the Tab key from where the reader stands, as often as it takes. */
  async function reach(what: Locator): Promise<void> {
    await what.waitFor();
    for (let tab = 0; tab < MOST_TABS; tab += 1) {
      if (await what.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not come to ${String(what)}.`);
  }
  return {
    async press(what) {
      await reach(what);
      const isBox = (await what.getAttribute('type')) === 'checkbox';
      await page.keyboard.press(isBox ? 'Space' : 'Enter');
    },
    async type(where, text) {
      await reach(where);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
  };
};

describe.skipIf(!BROWSER)('a newcomer, from an empty installation', () => {
  let api: RunningApi;
  let standIn: StandIn;
  let browser: Browser;
  const agents: RealAgent[] = [];

  beforeAll(async () => {
    [api, standIn, browser] = await Promise.all([
      startApi(),
      startStandIn({ addresses: Object.values(SERVERS) }),
      joinBrowser(),
    ]);
    standIn.faults.set(SERVERS.app02, [{ id: 'other-authority', service: 'https' }]);
    await standIn.settled();
  });
  afterAll(async () => {
    await Promise.all(agents.splice(0).map((agent) => agent.remove()));
    await browser.close();
    await standIn.stop();
    await api.close();
  });

  /** What the administrator of the machine does with the line that the page shows: all that is not in the page. */
  async function install(name: keyof typeof SERVERS, line: string): Promise<void> {
    const code = / enrol \S+ (\S+)/.exec(line)?.[1];
    if (code === undefined) throw new Error(`no code in ${line}`);
    const places = Object.values(standIn.targets);
    const agent = new RealAgent({
      allow: places.map(({ host, port }) => `${host}:${port}`),
      resolve: [...new Set(places.map(({ host }) => host))].map((host) => `${host}=${SERVERS[name]}`),
      trust: standIn.authority.certificate,
    });
    agents.push(agent);
    await agent.enrol(api.url, code);
    await agent.start();
  }

  async function journey(page: Page, { press, type }: Hand): Promise<void> {
    const link = (name: string) => page.getByRole('link', { name, exact: true });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.getByText('No site yet').waitFor();
    await type(page.getByLabel('Name of a new site'), 'head office');
    await press(button('Create site'));
    await press(link('Open The installation'));
    const siteId = /sites\/([^/]+)/.exec(page.url())?.[1] ?? '';
    // The stand-in has Microsoft's names and ports of its own; at a real site nobody has to say where Microsoft is.
    await client(api).patch(`/v1/sites/${siteId}`).send({ targets: standIn.targets }).expect(200);
    await type(page.getByLabel('ECE version'), '12.6(1)');
    await type(page.getByLabel('Address at which agents log in'), 'https://ece.contoso.example');
    await type(page.getByLabel('Tenant (id or domain)'), SEED_TENANT_ID);
    await type(page.getByLabel('Application (client) id'), SEED_APPLICATION.clientId);
    await press(button('Save'));
    await page.getByText('Saved.').waitFor();
    for (const name of Object.keys(SERVERS) as (keyof typeof SERVERS)[]) {
      await press(link('Servers'));
      await press(link('Add a server').first());
      await type(page.getByLabel('Name of the server'), name);
      await press(page.getByLabel('Application server'));
      await press(button('Make an enrolment code'));
      const line = page.locator('main code').filter({ hasText: ' enrol ' }).first();
      await line.waitFor();
      await install(name, (await line.textContent()) ?? '');
      await page.getByText(`${name} is connected.`).waitFor();
    }
    await press(page.getByRole('navigation').getByRole('link', { name: 'Comparison' }));
    // Once is not believed: a failure is looked at a second time.
    const card = page.locator('#findings li').filter({ hasText: 'Corp Proxy CA' });
    for (let round = 0; round < 2; round += 1) {
      const begun = page.waitForResponse(
        (each) => each.request().method() === 'POST' && each.url().endsWith('/runs'),
      );
      await press(button('Run now'));
      const run = await begun;
      const { id } = (await run.json()) as { id: string };
      // It may be over before anybody can see it run.
      await expect
        .poll(async () => (await (await page.request.get(`${run.url()}/${id}`)).json()) as unknown)
        .toMatchObject({ state: 'done' });
      await button('Run now').waitFor();
    }
    await card.first().waitFor();
    expect(await card.first().textContent()).toMatch(/app02.*Proxy team/s);
    await press(card.first().getByRole('link'));
    await page.getByRole('heading', { name: 'Next step Proxy team' }).waitFor();
    expect(await page.locator('main article').textContent()).toContain('app02');
  }

  it.each(['clicks', 'the keyboard'])(
    'finds by %s alone that app02 is intercepted, and who must act',
    async (by) => {
      const sites = await client(api).get('/v1/sites').expect(200);
      for (const { id, name } of (sites.body as { items: { id: string; name: string }[] }).items)
        await client(api)
          .delete(`/v1/sites/${id}?name=${encodeURIComponent(name)}`)
          .expect(204);
      const { page, broken } = await openWindow(browser, api.url, PLAIN);
      await page.goto('/');
      await signIn(page, api.apiKey);
      await journey(page, by === 'clicks' ? pointer : keys(page));
      expect(broken).toEqual([]);
      await page.context().close();
      await Promise.all(agents.splice(0).map((agent) => agent.remove()));
    },
  );
});
