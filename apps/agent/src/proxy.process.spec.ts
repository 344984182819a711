import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  closedPort,
  makeTestCa,
  startHttpProxy,
  startMailHost,
  type Listener,
  type MailHost,
} from '@mailpath/checks/testing';
import { ServerReport } from '@mailpath/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AgentProcess, type Ended } from './testing/agent-process.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

const CREDENTIALS = { user: 'ann', password: 'not4logs' };
let host: MailHost;
let trust: Record<string, string>;
const proxies: Listener[] = [];

beforeAll(async () => {
  const ca = await makeTestCa();
  host = await startMailHost({ tls: await ca.issue({ names: ['127.0.0.1', 'login.invalid'] }) });
  const file = path.join(tempDir(), 'ca.pem');
  writeFileSync(file, ca.certificate);
  trust = { NODE_EXTRA_CA_CERTS: file };
});
afterEach(() => Promise.all(proxies.splice(0).map((proxy) => proxy.stop())));
afterAll(async () => {
  await host.stop();
  removeTempDirs();
});

async function startProxy() {
  const proxy = await startHttpProxy(
    {},
    { credentials: CREDENTIALS, names: { 'login.invalid': '127.0.0.1' } },
  );
  proxies.push(proxy);
  return proxy;
}

const aimed = (): string[] => [
  '--target',
  `login=login.invalid:${host.ports.https}`,
  '--target',
  `imap=127.0.0.1:${host.ports.imap}`,
];

/** Sign-in under a name that only the proxy knows, and IMAP. */
const check = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  new AgentProcess(['check', '--json', '--only', 'login,imap', '--deadline', '5', ...aimed(), ...args], {
    ...trust,
    ...env,
  }).ended;
const resultsIn = ({ stdout }: Ended) =>
  new Map(ServerReport.parse(JSON.parse(stdout)).results.map((result) => [result.check, result]));

describe('mailpath-agent check --proxy', () => {
  it('takes web checks through the proxy, mail directly, and shows no credentials', async () => {
    const proxy = await startProxy();
    const ended = await check(['--proxy', `http://ann:not4logs@127.0.0.1:${proxy.port}`]);
    expect(ended.code).toBe(0);
    const results = resultsIn(ended);
    expect(results.get('https.sign-in')?.evidence.proxy).toEqual({
      url: `http://127.0.0.1:${proxy.port}`,
      status: 200,
      reply: '200 Connection established',
    });
    expect(results.get('imap.tls')?.evidence).not.toHaveProperty('proxy');
    expect(proxy.asked).toEqual([`login.invalid:${host.ports.https}`]);
    expect(ended.stdout + ended.stderr).not.toMatch(/ann:|not4logs/);
  });

  it('takes the environment’s proxy when asked to, and only then', async () => {
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: `ann:not4logs@127.0.0.1:${proxy.port}` };
    expect((await check(['--proxy', 'env'], env)).code).toBe(0);
    const without = resultsIn(await check([], env)).get('https.sign-in');
    expect(without?.failure?.phase).toBe('resolve');
    const exempt = resultsIn(await check(['--proxy', 'env'], { ...env, NO_PROXY: '.invalid' }));
    expect(exempt.get('https.sign-in')?.failure?.phase).toBe('resolve');
    expect(proxy.asked).toHaveLength(1);
  });

  it('says which proxy refused, and how, without the password', async () => {
    const proxy = await startProxy();
    const ended = await check(['--proxy', `http://ann:wrong4logs@127.0.0.1:${proxy.port}`]);
    expect(ended.code).toBe(1);
    expect(resultsIn(ended).get('https.sign-in')?.failure).toMatchObject({
      phase: 'proxy',
      code: 'unexpected-reply',
    });
    expect(ended.stdout).toContain('asks for Negotiate, Basic');
    expect(ended.stdout + ended.stderr).not.toContain('wrong4logs');
  });

  it('names a proxy that is not there in one sentence', async () => {
    const port = await closedPort();
    const ended = await new AgentProcess(['check', '--only', 'login', '--proxy', `http://127.0.0.1:${port}`])
      .ended;
    expect(ended.stdout).toContain(`http://127.0.0.1:${port}`);
    expect(ended.stdout).toMatch(/https\.sign-in +fail +proxy/);
    expect(ended.code).toBe(1);
  });

  it('refuses one that is none in one line on stderr, without repeating it', async () => {
    const ended = await check(['--proxy', 'https://ann:not4logs@proxy.test']);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/--proxy: write http:\/\/host:port or socks5:/);
    expect(ended.stderr).not.toContain('not4logs');
  });

  it('says in its help that mail needs a direct path', async () => {
    const { stdout } = await new AgentProcess(['check', '--help']).ended;
    expect(stdout).toContain('A proxy carries web checks only');
  });
});
