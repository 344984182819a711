import type { CheckResult } from '@mailpath/protocol';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_TEXT } from '../fuzz/hostile.ts';
import { type RunningApi, startApi } from '../support/api.ts';
import { siteOf } from '../support/finding-site.ts';
import { client } from '../support/mail-site.ts';
import { BROWSER, joinBrowser, openWindow, overhang, PLAIN, signIn } from './window.ts';

/** What is markup, script or style wherever it is taken for more than text, beside what breaks programs anyway. */
const MARKUP = [
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '</title><script>alert(1)</script>',
  '<a href="javascript:alert(1)">here</a>',
  '<style>*{display:none}</style>',
  "' onmouseover='alert(1)",
  '{{constructor.constructor("alert(1)")()}}',
  '<iframe srcdoc="<script>alert(1)</script>">',
];
const NASTY = [...MARKUP, ...HOSTILE_TEXT];

/** What Postgres can hold, of a length that an agent keeps. */
const SAID = NASTY.filter((text) => !text.includes('\0') && text.isWellFormed() && text.length < 1_000);

/** A server that says such things: in its banner, its abilities, its certificates, and so in the words of a failure. */
function saying(text: string): Partial<CheckResult> {
  const chain = SAID.map((subject, n) => ({
    subject,
    issuer: `CN=${text}, O=${subject}`,
    subjectAltNames: [subject],
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    fingerprint256: `${n}:${subject}`,
    serialNumber: subject,
  }));
  return {
    check: 'smtp.submission',
    target: { name: 'smtp', host: 'smtp.office365.com', port: 587 },
    outcome: 'fail',
    phases: ['resolve', 'connect', 'greet', 'starttls', 'tls'].map((name) => ({ name, ms: 1 })) as never,
    failure: { phase: 'tls', code: 'untrusted', message: `a certificate of ${text}` },
    evidence: {
      smtp: { greeting: text, ehlo: SAID, startTls: text, frontEnd: text, helloAddress: '127.0.0.1' },
      tls: {
        chain,
        trusted: false,
        distrust: 'SELF_SIGNED_CERT_IN_CHAIN',
        version: 'TLSv1.3',
        cipher: text,
        alpn: null,
        anchor: null,
        missingIssuer: null,
        serverName: 'smtp.office365.com',
      },
    } as unknown as CheckResult['evidence'],
  };
}

describe.skipIf(!BROWSER)('hostile text', () => {
  let api: RunningApi;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof siteOf>>;
  let page: Page;
  let broken: string[];
  let resultId = '';
  const named: string[] = [];

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi(), joinBrowser()]);
    const caller = client(api);
    site = await siteOf(api, 'app01', 'app02');
    const path = `/v1/sites/${site.siteId}`;
    // Wherever people name something: what is not a name is refused, and everything else is shown.
    for (const text of NASTY) {
      const { status } = await caller.post('/v1/sites').send({ name: text });
      if (status === 201) named.push(text.trim());
      else if (status !== 400) throw new Error(`${status} for a site called ${text}`);
      await caller.post('/v1/users').send({ name: text, role: 'viewer' });
      await caller.post('/v1/api-keys').send({ name: text });
      await caller.post(`${path}/servers`).send({ name: text, roles: ['services'] });
      for (const address of [text, `${text}@contoso.example`])
        await caller.post(`${path}/mailboxes`).send({ address });
      await caller.patch(path).send({ tenant: text, version: text, esLevel: text });
    }
    // As long as they may be, with no place to break at.
    await caller
      .patch(path)
      .send({ name: `${MARKUP[0]} here `.padEnd(100, 'W'), tenant: 't'.repeat(255) })
      .expect(200);
    await caller
      .post(`${path}/mailboxes`)
      .send({ address: `${'m'.repeat(150)}@${'d'.repeat(160)}.example`, licence: 'L'.repeat(100) })
      .expect(201);
    await caller
      .post(`${path}/servers`)
      .send({ name: 's'.repeat(100), roles: ['services'] })
      .expect(201);
    await caller
      .post('/v1/users')
      .send({ name: 'U'.repeat(100), role: 'viewer' })
      .expect(201);
    await caller
      .post('/v1/api-keys')
      .send({ name: 'K'.repeat(100) })
      .expect(201);
    // Whatever another end says is kept as it was said.
    await site.report('app01', {
      check: 'smtp.submission',
      target: saying('').target as CheckResult['target'],
    });
    // A second time, so that it is believed and a finding opens.
    for (let time = 0; time < 2; time += 1)
      resultId = (await site.report('app02', saying('<img src=x onerror=alert(1)>'))).id;
    ({ page, broken } = await openWindow(browser, api.url, PLAIN));
    await page.goto('/sites');
    await signIn(page, api.apiKey);
    await page.locator('main li h2').first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await site.leave();
    await api.close();
  });

  /** What is there that only markup could have made. */
  const made = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter(
          (element) =>
            ['SCRIPT', 'IFRAME', 'IMG', 'OBJECT', 'EMBED', 'STYLE'].includes(element.tagName) ||
            element.getAttributeNames().some((name) => name.startsWith('on')) ||
            /^\s*(?:javascript|data):/i.test(element.getAttribute('href') ?? ''),
        )
        .map((element) => element.outerHTML.slice(0, 200)),
    );

  it('does nothing but be read, on every page', async () => {
    const path = `/sites/${site.siteId}`;
    const { body } = await client(api).get(`/v1${path}/findings`).expect(200);
    const [finding] = (body as { items: { id: string }[] }).items;
    const pages: [address: string, shows: string][] = [
      ['/sites', 'main li h2'],
      [path, '[role=grid] td'],
      [`${path}/findings`, 'main li h3'],
      [`${path}/findings/${finding?.id}`, 'main article'],
      [`${path}/checklist`, 'main tbody tr'],
      [`${path}/servers`, 'main li h2'],
      [`${path}/servers/${site.serverId('app02')}`, 'main li svg'],
      [`${path}/servers/new`, 'main form'],
      [`${path}/mailboxes`, 'main form'],
      [`${path}/set-up`, 'main ol li'],
      [`${path}/settings`, 'main form'],
      ['/settings/users', 'main li h2'],
      ['/settings/keys', 'main li h2'],
      ['/settings/audit', 'main li'],
      ['/account', 'main li'],
    ];
    const wrong: object[] = [];
    for (const [address, shows] of pages) {
      await page.goto(address);
      await page.locator(shows).first().waitFor();
      const wider: number[] = [];
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 860 });
        wider.push(await overhang(page));
      }
      const found = { address, made: await made(), broken: broken.splice(0), wider };
      if (found.made.length > 0 || found.broken.length > 0 || wider.some((pixels) => pixels > 0))
        wrong.push(found);
    }
    expect(wrong).toEqual([]);
    await page.goto('/sites');
    await page.locator('main li h2').first().waitFor();
    const shown = await page.locator('main li h2').allTextContents();
    for (const text of named) expect(shown).toContain(text);
  });

  it('in an address breaks no page, and is told as an address that is wrong', async () => {
    const path = `/sites/${site.siteId}`;
    for (const address of [
      '/sites/no-id',
      `${path}/servers/no-id`,
      `${path}/findings/no-id`,
      `${path}/checks/no-check?target=%00`,
      `${path}?result=no-id`,
      `${path}/then?baseline=no-id`,
    ]) {
      await page.goto(address);
      const told = (await page.getByRole('alert').first().textContent()) ?? '';
      expect([address, told]).toEqual([address, expect.stringContaining('This does not exist')]);
    }
    for (const address of [
      `${path}/then?since=never&until=${encodeURIComponent('<b>')}`,
      `${path}/then?hours=x`,
    ]) {
      await page.goto(address);
      await page.locator('main form select').waitFor();
    }
    expect(broken).toEqual([]);
  });

  it('takes away no more than the page that breaks over an answer', async () => {
    const path = `/sites/${site.siteId}`;
    await page.route(`**/v1${path}/servers*`, (route) => route.fulfill({ json: { items: [null] } }));
    await page.goto(`${path}/servers`);
    await page.getByRole('heading', { name: 'This page has broken' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('link', { name: 'Sites' }).last().click();
    await page.locator('main li h2').first().waitFor();
    expect(broken.splice(0)).toEqual([]);
  });

  it('of a form that is sent by a double click is sent once', async () => {
    const posts: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    await page.goto('/settings/keys');
    const name = page.locator('main form input').first();
    for (const typed of ['clicked twice', 'clicked again']) {
      await name.fill(typed);
      await page.locator('main form button[type=submit]').dblclick();
      await page.getByText(typed, { exact: true }).first().waitFor();
    }
    expect(posts).toHaveLength(2);
    const { body } = await client(api).get('/v1/api-keys?limit=500').expect(200);
    const names = (body as { items: { name: string }[] }).items.map((key) => key.name);
    expect(names.filter((each) => each.startsWith('clicked'))).toHaveLength(2);
  });

  it('does nothing but be read in a result: banner, certificates and what was said', async () => {
    expect(SAID.length).toBeGreaterThanOrEqual(30);
    await page.goto(`/sites/${site.siteId}?result=${resultId}`);
    const panel = page.locator('dialog[open]');
    await panel.locator('table').first().waitFor();
    await panel.locator('summary').first().click();
    const shown = (await panel.textContent()) ?? '';
    for (const text of SAID) expect(shown).toContain(text);
    expect({ made: await made(), broken }).toEqual({ made: [], broken: [] });
  });

  it('does nothing but be read in the report', async () => {
    await page.goto(`/v1/sites/${site.siteId}/report?format=html&language=en`);
    expect(await made()).toEqual([]);
    expect(broken).toEqual([]);
    expect(await page.locator('body').textContent()).toContain(MARKUP[0]);
  });
});
