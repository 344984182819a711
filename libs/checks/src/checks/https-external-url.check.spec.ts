import type { ServerResponse } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { standardTasks } from '../catalogue.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf } from '../testing/probe-once.ts';
import { selfSigned, startHttpsServer } from '../testing/index.ts';
import { httpsExternalUrl } from './https-external-url.check.ts';

const bench = await makeBench();
afterAll(() => bench.stop());

async function answering(status: number, tls = bench.tls) {
  const answer = (_: unknown, response: ServerResponse) => void response.writeHead(status).end();
  return bench.probe(httpsExternalUrl, await startHttpsServer({ tls }, { answer }));
}

test.each([200, 302, 401, 404])(
  'status %i shows that the external URL is reached from here',
  async (status) => {
    const result = await answering(status);
    expect(result).toMatchObject({ outcome: 'pass', failure: null, evidence: { http: { status } } });
    expect(phasesOf(result)).toEqual(['connect', 'tls', 'http']);
  },
);

test('a server fault, and a certificate that nobody signed, are told', async () => {
  expect((await answering(502)).failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  const untrusted = await answering(200, await selfSigned(['127.0.0.1']));
  expect(untrusted.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
});

test('it is aimed only at a URL that a site names', () => {
  expect(standardTasks('worldwide').map(({ check }) => check)).not.toContain('https.external-url');
});
