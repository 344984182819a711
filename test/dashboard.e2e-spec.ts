import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';

const PAGE =
  '<!doctype html><title>Mailpath</title><script type="module" src="/assets/app-1a2b.js"></script>';
const SCRIPT = `export const words = ${JSON.stringify('mail '.repeat(2_000))};`;
const ADDRESSES = [
  '/',
  '/sites',
  '/sites/0192f000-0000-7000-8000-000000000001/findings/3',
  '/set-up/tenant',
  '/settings/users',
];

/** A folder as `vite build` leaves it, with the packed twin of its script. */
function built(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-dashboard-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'preferences.js'), 'document.documentElement.lang = "en";');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), SCRIPT);
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'secret.txt'), 'not for the world');
  return folder;
}

describe('the dashboard', () => {
  const folder = built();
  let api: RunningApi;
  let without: RunningApi;
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });

  beforeAll(async () => {
    api = await startApi({ env: { MAILPATH_DASHBOARD: folder } });
    without = await startApi({ database: api.database, env: { MAILPATH_DASHBOARD: join(folder, 'assets') } });
  });
  afterAll(async () => {
    await without.close();
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(ADDRESSES)('answers %s with the page, under a policy without anything inline', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(PAGE);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ').toSorted()).toEqual(
      [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].toSorted(),
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('asks a browser to look again for the page each time, and answers 304 while it is the same', async () => {
    const first = await ask('/');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    // Not by fetch, which sends Cache-Control: no-cache beside a condition of the caller's own.
    await request(api.server)
      .get('/sites')
      .set('if-none-match', first.headers.get('etag') ?? 'none')
      .expect(304);
  });

  it('lets assets be kept for ever, and sends the twin that was packed at the build', async () => {
    const answer = await ask('/assets/app-1a2b.js', { 'accept-encoding': 'br' });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(Number(answer.headers.get('content-length'))).toBe(brotliCompressSync(SCRIPT).length);
    expect(await answer.text()).toBe(SCRIPT);
    expect(brotliDecompressSync(brotliCompressSync(SCRIPT)).toString()).toBe(SCRIPT);
    for (const file of ['/favicon.svg', '/preferences.js']) {
      const small = await ask(file);
      expect([small.status, small.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    }
  });

  it('gives away nothing else, and leaves the API and its reference as they are', async () => {
    for (const path of [
      '/secret.txt',
      '/assets/../secret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/',
      '/nothing',
      '/v1/nothing',
      '/index.html',
    ]) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
    expect((await ask('/v1/sites')).status).toBe(401);
    expect((await ask('/health/live')).headers.get('content-security-policy')).not.toContain('script-src');
    expect((await ask('/docs')).headers.get('content-security-policy')).toContain("'unsafe-inline'");
    expect((await fetch(`${api.url}/sites`, { method: 'POST' })).status).toBe(405);
  });

  it('says how to build it where it has not been built', async () => {
    for (const path of ADDRESSES) {
      const answer = await fetch(without.url + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({
        code: 'not-found',
        detail: 'The dashboard is not built yet. Run npm run build, then start Mailpath again.',
      });
    }
    expect((await fetch(`${without.url}/health/live`)).status).toBe(200);
  });
});
