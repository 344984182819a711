import { ClientProofFacts } from '../apps/api/src/trust/secrets/client-proof-facts.service.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_APPLICATION, seedDirectory } from '../apps/stand-in/src/seed.ts';
import { proveByAssertion, UsedAssertions } from '../apps/stand-in/src/entra/client-assertion.ts';
import { makeClientCertificate } from '../libs/checks/src/testing/index.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  addMailbox,
  answer,
  client,
  CLIENT_ID,
  comeBack,
  createMailSite,
  dump,
  startSignIn,
  TENANT,
  tokensFor,
} from './support/mail-site.ts';
import { enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';

const SALES = 'sales@example.com';
const [known, other, old, weak] = await Promise.all([
  makeClientCertificate(),
  makeClientCertificate(),
  makeClientCertificate({ expiresAt: new Date(Date.now() - 60_000) }),
  makeClientCertificate({ bits: 1024 }),
]);
const AUDIENCE = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`;

let api: RunningApi;
let siteId: string;
let app01: Identity;
beforeAll(async () => {
  api = await startApi();
  siteId = await createMailSite(api);
  await addMailbox(api, siteId, SALES);
  app01 = await enrolServer(api, siteId, 'app01', ['application']);
});
afterAll(() => api.close());

const at = () => `/v1/sites/${siteId}/client-certificate`;
const put = ({ certificate, privateKey }: { certificate: string; privateKey: string }) =>
  client(api).put(at()).send({ certificate, privateKey });

/** What the agent is lent to redeem the code of a new sign-in. */
async function lentTo(agent: ScriptedAgent) {
  const { parameters, cookie } = await startSignIn(api, siteId, SALES, app01.serverId);
  await comeBack(api, { state: parameters.get('state') ?? '', code: 'a-code' }, cookie).expect(200);
  const order = await agent.next('run');
  agent.send('tokens', tokensFor(order, SALES));
  await answer(agent, order);
  return order.lease;
}

describe('the certificate of an application', () => {
  it.each([
    ['the key of another', { ...known, privateKey: other.privateKey }, 'privateKey'],
    ['an end that is over', old, 'certificate'],
    ['a key that is too short', weak, 'privateKey'],
    [
      'a key with a passphrase',
      { ...known, privateKey: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n' },
      'privateKey',
    ],
    ['no certificate at all', { ...known, certificate: known.privateKey }, 'certificate'],
    ['no PEM', { ...known, certificate: 'MIIC' }, 'certificate'],
  ])('is refused with %s, and the answer repeats nothing of it', async (_, setting, field) => {
    const { status, text, body } = await put(setting);
    expect(status).toBe(400);
    expect((body as { errors: { field: string }[] }).errors[0]?.field).toBe(field);
    expect(text).not.toContain(setting.privateKey.split('\n')[1] ?? '');
    await client(api).get(at()).expect(404);
  });

  it('may be given as openssl pkcs12 prints it, with what it says of the bag', async () => {
    const bag = 'Bag Attributes\n    localKeyID: 01\nsubject=CN = Mailpath\n';
    const setting = { certificate: `${bag}${known.certificate}`, privateKey: `${bag}${known.privateKey}` };
    expect((await put(setting)).status).toBe(200);
    await client(api).delete(at()).expect(204);
  });

  it('is used in place of the secret, by assertions of which each is new, and the key goes nowhere', async () => {
    const { body } = await put(known).expect(200);
    expect(body).toMatchObject({
      subject: 'CN=Mailpath client',
      thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) as string,
    });
    const agent = await ScriptedAgent.join(api.url, app01);
    const application = {
      ...seedDirectory(Date.now()).application(SEED_APPLICATION.clientId)!,
      clientId: CLIENT_ID,
      certificates: [known],
    };
    const place = { audiences: [AUDIENCE], used: new UsedAssertions(), now: Date.now() };
    for (let turn = 0; turn < 2; turn += 1) {
      const lease = await lentTo(agent);
      expect(lease).toMatchObject({ clientSecret: null, clientAssertion: expect.any(String) as string });
      await expect(
        proveByAssertion(application, lease?.clientAssertion ?? '', place),
      ).resolves.toBeUndefined();
      expect(JSON.stringify(lease)).not.toContain('PRIVATE KEY');
    }
    const { body: leases } = await client(api).get(`/v1/sites/${siteId}/leases?limit=1`).expect(200);
    expect((leases as { items: { lent: string[] }[] }).items[0]?.lent).toEqual([
      'code',
      'code-verifier',
      'client-assertion',
    ]);
    const [line = ''] = known.privateKey.split('\n').slice(1);
    expect(await dump(api)).not.toContain(line);
    await agent.leave();
  });

  it('is what the checklist tells the end of, and not the secret that is set beside it', async () => {
    await put(known).expect(200);
    const { body } = await client(api).get(`/v1/sites/${siteId}/checklist`).expect(200);
    const entries = (body as { entries: { item: string; sentence: string }[] }).entries;
    expect(await api.app.get(ClientProofFacts).of(siteId)).toMatchObject({ kind: 'certificate' });
    expect(entries.find(({ item }) => item === 'X1')?.sentence).not.toContain('secret');
    await client(api).delete(at()).expect(204);
    expect(await api.app.get(ClientProofFacts).of(siteId)).toMatchObject({ kind: 'secret' });
  });

  it('is nothing for an agent that would drop the assertion, which is said before anybody signs in', async () => {
    await put(known).expect(200);
    await client(api).delete(at()).expect(204);
    const before = await ScriptedAgent.connect(api.url);
    await before.sendJoin(app01, { protocol: 4 });
    await before.next('assignment');
    const { id, parameters, cookie } = await startSignIn(api, siteId, SALES, app01.serverId);
    await put(known).expect(200);
    const asked = { userName: SALES, serverId: app01.serverId };
    const { body: refused } = await client(api).post(`/v1/sites/${siteId}/sign-ins`).send(asked).expect(409);
    expect((refused as { detail: string }).detail).toMatch(
      /app01: The agent of this server is too old.* Update the agent/,
    );
    // It was begun before the certificate came.
    await comeBack(api, { state: parameters.get('state') ?? '', code: 'a-code' }, cookie).expect(200);
    await expect
      .poll(async () => (await client(api).get(`/v1/sites/${siteId}/sign-ins/${id}`)).body.state as string)
      .toBe('failed');
    await before.leave();
    await client(api).delete(at()).expect(204);
    const agent = await ScriptedAgent.join(api.url, app01);
    expect(await lentTo(agent)).toMatchObject({
      clientAssertion: null,
      clientSecret: expect.any(String) as string,
    });
    await agent.leave();
  });
});
