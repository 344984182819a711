import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { EnrolmentRequest, type Enrolment } from '@mailpath/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { readAgentFile, readAgentKey } from './agent-file.ts';
import { rawPublicKey } from './agent-key.ts';
import { enrol, type EnrolOptions } from './enrol.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  removeTempDirs();
});

async function listen(server: net.Server): Promise<URL> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const enrolment: Enrolment = {
  agentId: '0197a1b2-0000-7000-8000-000000000001',
  siteId: '0197a1b2-0000-7000-8000-000000000002',
  siteName: 'Head office',
  serverId: '0197a1b2-0000-7000-8000-000000000003',
  serverName: 'app01',
  roles: ['application'],
};

/** An API that answers every enrolment the same way, and keeps what it was asked. */
async function apiThatSays(status: number, type: string, body: unknown) {
  const asked: { url: string | undefined; request: EnrolmentRequest }[] = [];
  const api = await listen(
    http.createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        asked.push({ url: request.url, request: EnrolmentRequest.parse(JSON.parse(text)) });
        response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    }),
  );
  return { api, asked };
}

const goodApi = () => apiThatSays(201, 'application/json', enrolment);

const options = (api: URL, stateDir: string, more: Partial<EnrolOptions> = {}): EnrolOptions => ({
  api,
  code: 'MP-CODE-1234',
  stateDir,
  allow: [],
  replace: false,
  ...more,
});

const refusal = (message: string | RegExp) =>
  expect.objectContaining({
    name: 'CannotRun',
    message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
  }) as Error;

describe('enrolling', () => {
  it('names what the server is for where it is told to, and nothing else', async () => {
    const { api, asked } = await goodApi();
    await enrol(options(api, tempDir(), { roles: ['services'] }));
    await enrol(options(api, tempDir()));
    expect(asked.map(({ request }) => request.roles)).toEqual([['services'], undefined]);
  });

  it('makes a key, spends the code, and keeps who the agent is', async () => {
    const { api, asked } = await goodApi();
    const stateDir = path.join(tempDir(), 'deep', 'state');
    const given = { allow: ['mail.test:1993'], resolve: ['Mail.test=127.0.0.2', 'mail.test=127.0.0.3'] };
    await enrol(options(api, stateDir, given));
    expect(readAgentFile(stateDir)).toEqual({
      apiUrl: api.href,
      ...enrolment,
      allow: ['mail.test:1993'],
      resolve: { 'mail.test': ['127.0.0.2', '127.0.0.3'] },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ url: '/v1/enrolments', request: { code: 'MP-CODE-1234' } });
    expect(asked[0]?.request.publicKey).toBe(rawPublicKey(readAgentKey(stateDir)));
    expect(readdirSync(stateDir).sort()).toEqual(['agent-key.pem', 'agent.json']);
  });

  it('asks below the path of an API behind a reverse proxy', async () => {
    const { api, asked } = await goodApi();
    await enrol(options(new URL('/mailpath/', api), tempDir()));
    expect(asked[0]?.url).toBe('/mailpath/v1/enrolments');
  });

  // Windows has no such modes: there the folder's own permissions keep the key (docs/agents.md).
  it.skipIf(process.platform === 'win32')('keeps the key, in PKCS #8, for its owner alone', async () => {
    const { api } = await goodApi();
    const stateDir = path.join(tempDir(), 'state');
    await enrol(options(api, stateDir));
    const file = path.join(stateDir, 'agent-key.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
    expect(createPrivateKey(readFileSync(file)).asymmetricKeyType).toBe('ed25519');
  });

  it('says what the API said when it refuses, and leaves nothing behind', async () => {
    const problem = { type: 'about:blank', title: 'Forbidden', status: 403, code: 'enrolment-refused' };
    const detail = 'The enrolment code is not valid: ask for a new one.';
    const { api } = await apiThatSays(403, 'application/problem+json', { ...problem, detail });
    const stateDir = tempDir();
    await expect(enrol(options(api, stateDir))).rejects.toThrow(
      refusal(`the API refused the enrolment: ${detail} (enrolment-refused)`),
    );
    expect(readdirSync(stateDir)).toEqual([]);
  });

  it.each([
    [
      'a page of some proxy',
      502,
      '<html>Bad gateway</html>',
      /^the API refused the enrolment: HTTP 502, not from a/,
    ],
    ['a redirect, which the code must not follow', 307, '', /^the API refused the enrolment: HTTP 307/],
    ['something else', 200, '{"hello":1}', /^the API answered, but not with an enrolment/],
    ['no JSON', 200, 'hello', /^the API answered, but not with an enrolment/],
    ['too much', 200, 'x'.repeat(100_000), /phase http: the answer is larger than 64 KiB/],
  ])('refuses %s for an answer, and leaves nothing behind', async (_, status, body, message) => {
    const { api } = await apiThatSays(status, 'text/html', body);
    const stateDir = tempDir();
    await expect(enrol(options(api, stateDir))).rejects.toThrow(refusal(message));
    expect(readdirSync(stateDir)).toEqual([]);
  });

  it('says in which phase the API was not reached', async () => {
    const silent = await listen(net.createServer());
    const closing = await listen(
      net.createServer((socket) => void socket.once('data', () => socket.destroy())),
    );
    const closed = await listen(net.createServer());
    await new Promise((resolve) => servers.at(-1)?.close(resolve));
    const tls = new URL(closing.href.replace('http:', 'https:'));
    const noName = new URL('http://no-such-host.invalid');
    const stateDir = tempDir();
    for (const [api, message] of [
      [closed, /phase connect: connect ECONNREFUSED 127\.0\.0\.1:\d+$/],
      [silent, /phase http: no answer in time$/],
      [closing, /phase http: .*ECONNRESET|phase http: socket hang up/],
      [tls, /phase tls: /],
      [noName, /phase resolve: getaddrinfo (?:ENOTFOUND|EAI_AGAIN) no-such-host\.invalid$/],
    ] as const) {
      await expect(enrol(options(api, stateDir, { deadlineMs: 1_000 }))).rejects.toThrow(refusal(message));
    }
    expect(readdirSync(stateDir)).toEqual([]);
  });

  it('does not touch an enrolment that is there', async () => {
    const { api, asked } = await goodApi();
    const stateDir = tempDir();
    await enrol(options(api, stateDir));
    const key = readFileSync(path.join(stateDir, 'agent-key.pem'), 'utf8');
    await expect(enrol(options(api, stateDir))).rejects.toThrow(
      refusal(/^already enrolled \(.*\): add --replace/),
    );
    expect(asked).toHaveLength(1);
    expect(readFileSync(path.join(stateDir, 'agent-key.pem'), 'utf8')).toBe(key);
  });

  it('replaces it when told, with a new key and the allow list of before, even if the file was damaged', async () => {
    const { api, asked } = await goodApi();
    const stateDir = tempDir();
    await enrol(options(api, stateDir, { allow: ['a.test:1'] }));
    await enrol(options(api, stateDir, { allow: ['b.test:2'], replace: true }));
    expect(readAgentFile(stateDir).allow).toEqual(['a.test:1', 'b.test:2']);
    expect(asked[0]?.request.publicKey).not.toBe(asked[1]?.request.publicKey);
    writeFileSync(path.join(stateDir, 'agent.json'), '{');
    await enrol(options(api, stateDir, { replace: true }));
    expect(readAgentFile(stateDir).allow).toEqual([]);
  });

  it('writes the proxy for the web checks, keeps it when replaced, and gives way to another', async () => {
    const { api } = await goodApi();
    const stateDir = tempDir();
    await enrol(options(api, stateDir, { proxy: 'http://proxy.test:8080' }));
    await enrol(options(api, stateDir, { replace: true }));
    expect(readAgentFile(stateDir).proxy).toBe('http://proxy.test:8080');
    await enrol(options(api, stateDir, { replace: true, proxy: 'env' }));
    expect(readAgentFile(stateDir).proxy).toBe('env');
  });

  it('refuses a proxy in agent.json that is none, without repeating it', async () => {
    const { api } = await goodApi();
    const stateDir = tempDir();
    const file = await enrol(options(api, stateDir));
    writeFileSync(
      path.join(stateDir, 'agent.json'),
      JSON.stringify({ ...file, proxy: 'ftp://ann:secret@p.test' }),
    );
    expect(() => readAgentFile(stateDir)).toThrow(refusal(/agent\.json: proxy: write http:(?!.*secret)/));
  });

  it('keeps the old enrolment when the API refuses the new one', async () => {
    const good = await goodApi();
    const stateDir = tempDir();
    await enrol(options(good.api, stateDir));
    const before = rawPublicKey(readAgentKey(stateDir));
    const bad = await apiThatSays(403, 'text/plain', 'no');
    await expect(enrol(options(bad.api, stateDir, { replace: true }))).rejects.toThrow(refusal(/HTTP 403/));
    expect(rawPublicKey(readAgentKey(stateDir))).toBe(before);
    expect(readdirSync(stateDir).sort()).toEqual(['agent-key.pem', 'agent.json']);
  });

  it('finds out that the folder cannot be written before it spends the code', async () => {
    const { api, asked } = await goodApi();
    const file = path.join(tempDir(), 'file');
    writeFileSync(file, '');
    const stateDir = path.join(file, 'state');
    await expect(enrol(options(api, stateDir))).rejects.toThrow(
      refusal(/cannot be written, part of the path is no folder \(ENOTDIR\): name another/),
    );
    expect(asked).toEqual([]);
    expect(existsSync(stateDir)).toBe(false);
  });
});
