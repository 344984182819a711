import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { siteOf } from './support/finding-site.ts';
import { client } from './support/mail-site.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailpath-downloads-'));
const files: Record<string, Buffer> = {
  'mailpath-agent': Buffer.from('\u007fELF linux'),
  'mailpath-agent.deb': Buffer.from('!<arch> deb'),
  'mailpath-agent.msi': Buffer.from('0123456789'.repeat(20_000)),
  'checksums.txt': Buffer.alloc(0),
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** As it stands, without a client that puts a path in order first. */
const raw = (port: number, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('what is installed on servers', () => {
  let api: RunningApi;

  beforeAll(async () => {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    mkdirSync(join(folder, 'inner.msi'));
    writeFileSync(join(folder, 'inner.msi', 'secret.txt'), 'secret');
    writeFileSync(join(folder, '.hidden.txt'), 'secret');
    writeFileSync(join(folder, 'key.pem.bak'), 'secret');
    writeFileSync(join(folder, '..', 'mailpath-outside.txt'), 'secret');
    symlinkSync('/etc/passwd', join(folder, 'link.txt'));
    api = await startApi({ env: { MAILPATH_DOWNLOADS: folder } });
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(folder, '..', 'mailpath-outside.txt'));
  });

  const list = async () => (await request(api.server).get('/v1/downloads').expect(200)).body.items;

  it('is listed with its checksum, to whoever asks, and anew when it has become another', async () => {
    const items = await list();
    const found = Object.fromEntries(
      items.map((item: { name: string; sha256: string }) => [item.name, item.sha256]),
    );
    expect(found).toEqual(
      Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)])),
    );
    expect(items[2]).toMatchObject({ path: '/downloads/mailpath-agent.deb', platform: 'linux', bytes: 11 });
    const other = Buffer.from('!<arch> DEB');
    writeFileSync(join(folder, 'mailpath-agent.deb'), other);
    utimesSync(join(folder, 'mailpath-agent.deb'), 1, 1);
    expect((await list())[2]).toMatchObject({ sha256: sha256(other), bytes: 11 });
  });

  it('is handed out whole and in ranges, and not again to whoever has it', async () => {
    const bytes = files['mailpath-agent.msi'] as Buffer;
    const get = (headers: Record<string, string> = {}) =>
      request(api.server)
        .get('/downloads/mailpath-agent.msi')
        .set(headers)
        .buffer(true)
        .parse(binary as never);
    const whole = await get({ 'accept-encoding': 'gzip, br' }).expect(200);
    expect(whole.headers).toMatchObject({
      etag: `"${sha256(bytes)}"`,
      'content-type': 'application/x-msi',
      'content-length': String(bytes.length),
      'content-disposition': 'attachment; filename="mailpath-agent.msi"',
      'x-content-type-options': 'nosniff',
    });
    expect(whole.headers).not.toHaveProperty('content-encoding');
    expect(sha256(whole.body)).toBe(sha256(bytes));
    await get({ 'if-none-match': whole.headers['etag'] ?? '' }).expect(304);
    const part = await get({ range: 'bytes=199990-' }).expect(206);
    expect([part.headers['content-range'], String(part.body)]).toEqual([
      'bytes 199990-199999/200000',
      '0123456789',
    ]);
    // A part of another version would make a file that nobody built.
    expect((await get({ range: 'bytes=5-', 'if-range': '"other"' }).expect(200)).body.length).toBe(
      bytes.length,
    );
    await get({ range: 'bytes=200000-' }).expect(416);
    const { headers } = await request(api.server).head('/downloads/mailpath-agent.msi').expect(200);
    expect(headers['content-length']).toBe(String(bytes.length));
    await request(api.server).get('/downloads/checksums.txt').expect(200, '');
  });

  it.each([
    'nothing.msi',
    'inner.msi',
    'inner.msi/secret.txt',
    'inner.msi%2fsecret.txt',
    '.hidden.txt',
    'key.pem.bak',
    'link.txt',
    '../mailpath-outside.txt',
    '..%2fmailpath-outside.txt',
    '..%5cmailpath-outside.txt',
    '%2e%2e/mailpath-outside.txt',
    '%2fetc%2fpasswd.txt',
    'mailpath-agent.msi%00.txt',
    '',
  ])('leads nowhere else: /downloads/%s is not found', async (path) => {
    expect(await raw(Number(new URL(api.url).port), `/downloads/${path}`)).toBe(404);
  });

  it('stands in the line that is typed on a server', async () => {
    const site = await siteOf(api, 'app01');
    const path = `/v1/sites/${site.siteId}/servers/${site.serverId('app01')}/enrolment-codes`;
    const { body } = await client(api).post(path).expect(201);
    const digest = sha256(files['mailpath-agent.msi'] as Buffer);
    expect(body.downloads.windows).toBe('/downloads/mailpath-agent.msi');
    expect(body.commands.windows).toContain(`'${api.url}/downloads/mailpath-agent.msi'`);
    expect(body.commands.windows).toContain(digest);
    expect(body.commands.windows).toContain(`CODE=${body.code}`);
    const forSite = `/v1/sites/${site.siteId}/enrolment-codes`;
    const many = await client(api)
      .post(forSite)
      .send({ servers: 9, roles: ['services'] })
      .expect(201);
    expect(many.body.commands.linux).toContain(`mailpath-agent enrol ${api.url} ${many.body.code}`);
    await site.leave();
  });
});

function binary(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
