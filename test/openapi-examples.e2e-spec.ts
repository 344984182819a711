import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { onEveryAnswer, openapi } from './support/contract.ts';
import { signedBuild } from './support/signed-build.ts';
import { OpenIdProviderServer } from './support/openid-provider.ts';
import { PUBLIC_URL } from './support/openid-browser.ts';
import { walkOpenId, walkPeople } from './support/people-walk.ts';
import { makeClientCertificate } from '../libs/checks/src/testing/index.ts';
import { ExampleRecorder } from './support/example-recorder.ts';
import { judged, REFUSED } from './support/finding-site.ts';
import { addMailbox, client, signIn } from './support/mail-site.ts';
import {
  enrolServer,
  enrolUnapproved,
  fingerprintOf,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';
import { handInByHttps } from './support/https-batch.ts';

const FILE = join(import.meta.dirname, '../apps/api/src/platform/openapi/examples.json');
/** Seconds since 1970, before anything that the walk does. */
const RELEASED = 1_767_225_600;
const EVIDENCE = {
  dns: { addresses: ['203.0.113.10'], error: null, ms: 12 },
  connect: {
    attempts: [{ address: '203.0.113.10', family: 4, outcome: 'refused', ms: 3 }],
    used: null,
  },
} as const;

describe('every operation of the document', () => {
  let api: RunningApi;
  let provider: OpenIdProviderServer;
  const offered = mkdtempSync(join(tmpdir(), 'mailpath-offered-'));
  const recorder = new ExampleRecorder();

  beforeAll(async () => {
    onEveryAnswer((answer) => recorder.add(answer));
    for (const [name, bytes] of Object.entries({
      'mailpath-agent.deb': '!<arch>',
      'mailpath-agent.msi': 'msi',
      ...signedBuild('0.2.0'),
    })) {
      writeFileSync(join(offered, name), bytes);
      utimesSync(join(offered, name), RELEASED, RELEASED);
    }
    provider = await OpenIdProviderServer.start();
    const openId = {
      ...provider.env,
      MAILPATH_OPENID_ROLES: 'group:mail-desk=operator',
      MAILPATH_PUBLIC_URL: PUBLIC_URL,
    };
    api = await startApi({ env: { MAILPATH_DOWNLOADS: offered, ...openId } });
  });
  afterAll(async () => {
    await api.close();
    await provider.stop();
    rmSync(offered, { recursive: true });
  });

  it('succeeds in one walk through the life of a site, which is what its examples are taken from', async () => {
    const caller = client(api);
    await caller.get('/health/live').expect(200);
    await caller.get('/health/ready').expect(200);
    await caller.get('/v1/checks?limit=3').expect(200);
    await caller.get('/v1/downloads').expect(200);
    const key = await caller.post('/v1/api-keys').send({ name: 'monitoring' }).expect(201);
    await caller.get('/v1/api-keys').expect(200);
    await caller.get(`/v1/api-keys/${key.body.id}`).expect(200);
    await caller.delete(`/v1/api-keys/${key.body.id}`).expect(204);

    await walkPeople(api);
    await walkOpenId(api, provider);
    const wanted = {
      name: 'Contact centre Osaka',
      version: '12.6(1)',
      esLevel: 'ES6',
      externalUrl: 'https://ece.example.com',
      tenant: 'contoso.onmicrosoft.com',
      clientId: '6731de76-14a6-49ae-97bc-6eba6914391e',
      inboundProtocol: 'imap',
      mailboxEverySeconds: null,
    };
    const { id } = (await caller.post('/v1/sites').send(wanted).expect(201)).body as { id: string };
    const site = `/v1/sites/${id}`;
    await caller.get('/v1/sites').expect(200);
    await caller.get(`${site}/audit-log?limit=3`).expect(200);
    await caller
      .patch(site)
      .send({ esLevel: 'ES7', redirectUri: 'https://ece.example.com/system/callback' })
      .expect(200);
    await caller.get(site).expect(200);
    await caller
      .put(`${site}/client-secret`)
      .send({ secret: 'Q2x8Q~the-value-that-Entra-shows-once', expiresOn: '2027-03-31' })
      .expect(204);
    await caller.get(`${site}/client-secret`).expect(200);

    const { certificate, privateKey } = await makeClientCertificate();
    await caller.put(`${site}/client-certificate`).send({ certificate, privateKey }).expect(200);
    await caller.get(`${site}/client-certificate`).expect(200);
    await caller.delete(`${site}/client-certificate`).expect(204);

    const svc01 = await enrolServer(api, id, 'svc01', ['services']);
    const app01 = await enrolServer(api, id, 'app01', ['application']);
    const services = await ScriptedAgent.connect(api.url);
    await services.sendJoin(svc01, { upgrade: { allowed: true, last: null } });
    await services.next('assignment');
    await caller.get(`${site}/agent-versions`).expect(200);
    const hours = { days: ['sat', 'sun'], from: '22:00', to: '04:00', timeZone: 'Asia/Tokyo' };
    const upgrade = await caller.post(`${site}/upgrades`).send({ first: svc01.serverId, hours }).expect(201);
    await caller.get(`${site}/upgrades`).expect(200);
    await caller.get(`${site}/upgrades/${upgrade.body.id}`).expect(200);
    await caller.post(`${site}/upgrades/${upgrade.body.id}/stop`).expect(200);
    const application = await ScriptedAgent.join(api.url, app01);
    const svc02 = await enrolUnapproved(api, id, 'svc02', ['services']);
    const server = `${site}/servers/${svc02.serverId}`;
    await caller
      .post(`${server}/approval`)
      .send({ fingerprint: fingerprintOf(svc02) })
      .expect(200);
    await caller.delete(`${server}/approval`).expect(204);
    await handInByHttps(caller, svc02);
    await caller.post(`${server}/key-rotation`).expect(202);
    const machine = await ScriptedAgent.join(api.url, svc02);
    await expect(ScriptedAgent.join(api.url, svc02)).rejects.toThrow('closed with 4411');
    await caller.post(`${server}/original-machine`).send({ boot: machine.boot }).expect(200);
    await caller.patch(server).send({ name: 'svc09' }).expect(200);
    await caller.get(server).expect(200);
    const siteCode = await caller
      .post(`${site}/enrolment-codes`)
      .send({ servers: 10, hours: 24, roles: ['services', 'application'], networks: ['10.20.0.0/16'] })
      .expect(201);
    await caller.get(`${site}/enrolment-codes`).expect(200);
    await caller.delete(`${site}/enrolment-codes/${siteCode.body.id}`).expect(204);
    await caller.get(`${site}/servers`).expect(200);
    const { items: agents } = (await caller.get(`${site}/agents`).expect(200)).body as {
      items: { id: string; serverId: string }[];
    };
    const past = agents.find(({ serverId }) => serverId === svc02.serverId);
    await caller.delete(`${site}/agents/${past?.id}`).expect(204);
    await caller.delete(server).expect(204);

    const mailbox = await caller
      .post(`${site}/mailboxes`)
      .send({ address: 'old@example.com', licence: 'E1' })
      .expect(201);
    await addMailbox(api, id, 'sales@example.com');
    const one = `${site}/mailboxes/${mailbox.body.id}`;
    await caller.patch(one).send({ imapEnabled: true }).expect(200);
    await caller.get(one).expect(200);
    await caller.get(`${site}/mailboxes`).expect(200);
    await caller.delete(one).expect(204);

    await signIn(api, id, 'sales@example.com', application, app01.serverId);
    const ece = 'https://ece.example.com/system/callback';
    const pasted = await caller
      .post(`${site}/sign-ins`)
      .send({ userName: 'sales@example.com', serverId: app01.serverId, redirectUri: ece })
      .expect(201);
    const state = new URL(pasted.body.authorizeUrl as string).searchParams.get('state') ?? '';
    const answered = `${site}/sign-ins/${pasted.body.id}`;
    await caller
      .post(`${answered}/answer`)
      .send({ url: `${ece}?error=access_denied&state=${state}` })
      .expect(200);
    await caller.get(answered).expect(200);
    await caller.get(`${site}/sign-ins`).expect(200);
    await caller.get(`${site}/credentials`).expect(200);
    await caller.get(`${site}/leases`).expect(200);

    for (let round = 1; round <= 2; round += 1) {
      const refused = resultOf({ ...REFUSED, evidence: EVIDENCE as never });
      await services.deliver([{ sequence: services.nextSequence(), runId: null, result: refused }]);
      await application.deliver([{ sequence: application.nextSequence(), runId: null, result: resultOf() }]);
      await judged(api);
    }
    const run = await caller
      .post(`${site}/runs`)
      .send({ checks: ['imap.tls'], mailboxes: false })
      .expect(202);
    await caller.get(`${site}/runs/${run.body.id}`).expect(200);
    await caller.get(`${site}/runs`).expect(200);
    const results = await caller
      .get(`${site}/results?outcome=fail,throttled&server=svc01&limit=1`)
      .expect(200);
    expect(results.body.items).toMatchObject([{ serverName: 'svc01', result: { outcome: 'fail' } }]);
    await caller.get(`${site}/results/${results.body.items[0].result.id}`).expect(200);
    const findings = await caller.get(`${site}/findings`).expect(200);
    await caller.get(`${site}/findings/${findings.body.items[0].id}`).expect(200);
    for (const path of ['verdict', 'comparison', 'checklist', 'settings', 'report'])
      await caller.get(`${site}/${path}`).expect(200);
    const { check, target } = results.body.items[0].result;
    await caller.get(`${site}/series`).query({ check, target: target.name, buckets: 3 }).expect(200);
    const baseline = await caller.post(`${site}/baselines`).send({ name: 'before the upgrade' }).expect(201);
    await caller.get(`${site}/baselines`).expect(200);
    await services.deliver([
      { sequence: services.nextSequence(), runId: null, result: resultOf({ check, target }) },
    ]);
    const changes = await caller
      .get(`${site}/comparison/changes`)
      .query({ baseline: baseline.body.id })
      .expect(200);
    expect(changes.body.items).toMatchObject([{ kind: 'better', serverName: 'svc01' }]);
    await caller.delete(`${site}/baselines/${baseline.body.id}`).expect(204);
    const watching = new AbortController();
    const watched = await fetch(`${api.url}${site}/events`, {
      headers: { authorization: `Bearer ${api.apiKey}` },
      signal: watching.signal,
    });
    expect(watched.status).toBe(200);
    watching.abort();
    const testedAt = '2026-11-24T12:00:00+09:00';
    await caller.put(`${site}/external-test`).send({ passed: true, testedAt, by: 'K. Tanaka' }).expect(200);
    const url = `https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize?client_id=${wanted.clientId}&response_type=code&redirect_uri=${encodeURIComponent(ece)}&scope=offline_access`;
    await caller.post(`${site}/authorize-url`).send({ url }).expect(200);

    await caller.delete(`${site}/credentials/sales@example.com`).expect(204);
    await caller.delete(`${site}/client-secret`).expect(204);
    await Promise.all([services.leave(), application.leave()]);
    await caller.delete(site).query({ name: wanted.name }).expect(204);

    const all = Object.values(openapi.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(recorder.operations).toEqual(all.toSorted());
    // npm run openapi:examples
    const { env } = import.meta as unknown as { env: { MODE: string } };
    if (env.MODE === 'record') writeFileSync(FILE, `${JSON.stringify(recorder.examples(), null, 2)}\n`);
  });
});
