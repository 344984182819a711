import { randomUUID } from 'node:crypto';
import { makeClientCertificate } from '@mailpath/checks/testing';
import { importPKCS8, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_TENANT_ID } from '../seed.ts';
import { codeIn, type EntraBench, makeEntraBench } from '../testing/entra-bench.ts';

const [known, old, stranger] = await Promise.all([
  makeClientCertificate(),
  makeClientCertificate({ expiresAt: new Date(Date.now() - 60_000) }),
  makeClientCertificate(),
]);
const SCOPE = 'https://outlook.office365.com/.default';

let bench: EntraBench;
beforeAll(async () => {
  bench = await makeEntraBench();
  bench.application.certificates = [known, old];
  bench.application.secrets = [];
  bench.application.roles = ['IMAP.AccessAsApp'];
});
afterAll(() => bench.stop());

const HOST = 'login.microsoftonline.com';
const seconds = () => Math.floor(Date.now() / 1_000);

async function assertion(
  changed: JWTPayload = {},
  { privateKey, thumbprint } = known,
  alg = 'PS256',
): Promise<string> {
  const { clientId } = bench.application;
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: `https://${HOST}/${SEED_TENANT_ID}/oauth2/v2.0/token`,
    jti: randomUUID(),
    nbf: seconds(),
    exp: seconds() + 300,
    ...changed,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg, typ: 'JWT', 'x5t#S256': thumbprint })
    .sign(await importPKCS8(privateKey, alg));
}

const ask = (client_assertion: string) =>
  bench.post(
    'token',
    {
      client_id: bench.application.clientId,
      client_assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      grant_type: 'client_credentials',
      scope: SCOPE,
    },
    { headers: { host: HOST } },
  );

describe('a client that proves itself by an assertion', () => {
  it.each(['PS256', 'RS256'])('is given a token once (%s)', async (alg) => {
    const once = await assertion({}, known, alg);
    expect((await ask(once)).status).toBe(200);
    expect(codeIn(await ask(once))).toBe(50027);
  });

  it.each<[string, () => Promise<string>, number, string]>([
    ['a certificate that is not registered', () => assertion({}, stranger), 700027, 'The key was not found'],
    ['a certificate that has expired', () => assertion({}, old), 700027, 'The key used is expired'],
    [
      'the key of another certificate',
      () => assertion({}, { ...known, privateKey: stranger.privateKey }),
      700027,
      'verify the signature failed',
    ],
    [
      'another audience',
      () => assertion({ aud: `https://${HOST}/another/oauth2/v2.0/token` }),
      700023,
      'audience',
    ],
    ['an end that is over', () => assertion({ exp: seconds() - 1 }), 700024, 'time range'],
    ['more than ten minutes', () => assertion({ exp: seconds() + 3_600 }), 700024, 'time range'],
    ['another client', () => assertion({ sub: randomUUID() }), 50027, 'client id'],
    ['no text that is one', () => Promise.resolve('not an assertion'), 50027, 'malformed'],
  ])('is refused with %s', async (_, made, code, words) => {
    const answer = await ask(await made());
    expect([answer.status, codeIn(answer)]).toEqual([401, code]);
    expect(answer.json()['error_description']).toContain(words);
  });
});
