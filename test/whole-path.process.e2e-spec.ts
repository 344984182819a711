import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MailHost, makeTestCa, startMailHost, type TlsPair } from '@mailpath/checks/testing';
import { Comparison, type ComparisonCell, type ComparisonRow } from '@mailpath/protocol';
import type { Screen } from '@mailpath/terminal';
import { comparisonTable } from '../apps/local/src/comparison-table.ts';
import { findingsList } from '../apps/local/src/findings-list.ts';
import type { FindingDetail } from '../apps/api/src/conclusions/findings/finding.query.ts';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { installAgent, type RealAgent } from './support/real-agent.ts';
import { createSite } from './support/scripted-agent.ts';

/** Microsoft's names, each server reaching a mail host of its own behind them, on the same ports. */
const NAMES = {
  login: 'login.microsoftonline.com',
  'login-alias': 'login.microsoft.com',
  exchange: 'outlook.office365.com',
  smtp: 'smtp.office365.com',
  imap: 'outlook.office365.com',
  pop3: 'outlook.office365.com',
};
const SCREEN: Screen = { width: 120, style: (_, text) => text };
const hosts: MailHost[] = [];
const agents: RealAgent[] = [];
let api: RunningApi;
let siteId: string;
let ports: MailHost['ports'];
let tls: TlsPair;
let comparison: Comparison;

const portOf = (target: keyof typeof NAMES): number =>
  target === 'smtp' || target === 'imap' || target === 'pop3' ? ports[target] : ports.https;

const samePorts = () => ({
  https: { port: ports.https },
  smtp: { port: ports.smtp },
  pop3: { port: ports.pop3 },
});

beforeAll(async () => {
  api = await startApi();
  const ours = await makeTestCa('Mailpath Test CA');
  const other = await makeTestCa('Corp Proxy CA');
  const names = [...new Set(Object.values(NAMES))];
  tls = await ours.issue({ names });

  // app01 is healthy; nobody listens on 993 of what app02 reaches; another authority answers on 993 of what app03
  // reaches
  const healthy = await startMailHost({ address: '127.0.0.2', tls });
  ports = healthy.ports;
  hosts.push(
    healthy,
    await startMailHost({
      address: '127.0.0.3',
      tls,
      ...samePorts(),
      imap: { port: ports.imap, enabled: false },
    }),
    await startMailHost({
      address: '127.0.0.4',
      tls,
      ...samePorts(),
      imap: { port: ports.imap, tls: await other.issue({ names }) },
    }),
  );

  const targets = Object.fromEntries(
    Object.entries(NAMES).map(([name, host]) => [name, { host, port: portOf(name as keyof typeof NAMES) }]),
  );
  siteId = await createSite(api, {
    name: 'whole path',
    targets,
    inboundProtocol: 'imap',
    everySeconds: 3600,
  });
  const allow = Object.entries(NAMES).map(([name, host]) => `${host}:${portOf(name as keyof typeof NAMES)}`);
  for (const [i, host] of hosts.entries()) {
    const resolve = names.map((name) => `${name}=${host.address}`);
    agents.push(
      await installAgent(api, siteId, `app0${i + 1}`, ['application'], {
        allow,
        resolve,
        trust: ours.certificate,
      }),
    );
  }
  comparison = await oneRun();
});

afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.remove()));
  await Promise.all(hosts.map((host) => host.stop()));
  await api.close();
});

const get = (path: string) =>
  request(api.server).get(`/v1/sites/${siteId}/${path}`).set('authorization', `Bearer ${api.apiKey}`);

/** Asks all three agents at once, and answers the comparison when the last result is in. */
async function oneRun(): Promise<Comparison> {
  const started = await request(api.server)
    .post(`/v1/sites/${siteId}/runs`)
    .set('authorization', `Bearer ${api.apiKey}`)
    .expect(202);
  await vi.waitFor(
    async () => {
      const run = Run.parse((await get(`runs/${started.body.id}`).expect(200)).body);
      expect(run.servers.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    },
    { timeout: 120_000, interval: 50 },
  );
  return Comparison.parse((await get('comparison').expect(200)).body);
}

const row = (check: string): ComparisonRow => {
  const found = comparison.rows.find((each) => each.check === check);
  if (!found) throw new Error(`no row ${check}`);
  return found;
};
const brief = ({ outcome, phase, code, severity }: ComparisonCell) =>
  [outcome, phase, code, severity].filter((part) => part !== null).join(' ');

describe('three agents, two of them with a fault on 993', () => {
  it('are compared cell by cell', () => {
    const table = Object.fromEntries(comparison.rows.map(({ check, cells }) => [check, cells.map(brief)]));
    expect(table).toEqual({
      'https.sign-in': ['pass', 'pass', 'pass'],
      'https.sign-in-alias': ['pass', 'pass', 'pass'],
      'https.exchange': ['pass', 'pass', 'pass'],
      'smtp.submission': ['pass', 'pass', 'pass'],
      'imap.tls': ['pass', 'fail connect refused warning', 'fail tls untrusted warning'],
      'pop3.tls': ['pass', 'pass', 'pass'],
    });
  });

  it('have a column each, connected, with milliseconds and a moment in every cell', () => {
    expect(comparison.servers.map(({ name, agent }) => [name, agent.state])).toEqual([
      ['app01', 'connected'],
      ['app02', 'connected'],
      ['app03', 'connected'],
    ]);
    for (const { cells } of comparison.rows)
      for (const cell of cells) {
        expect(cell.ms).toBeGreaterThan(0);
        expect(Date.now() - Date.parse(cell.observedAt ?? '')).toBeLessThan(600_000);
        expect(cell.stale).toBe(false);
      }
  });

  it('are told apart from their siblings in that row, and in no other', () => {
    const [app01, app02, app03] = comparison.servers.map(({ id }) => id);
    expect(row('imap.tls').differences).toMatchObject([
      { serverId: app02, role: 'application', from: [app01] },
      { serverId: app03, role: 'application', from: [app01] },
    ]);
    const others = comparison.rows.filter(({ check }) => check !== 'imap.tls');
    expect(others.flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('say in one sentence what stands in the way, with host, port and the other authority', () => {
    const sentences = row('imap.tls').cells.map(({ sentence }) => sentence);
    const place = `outlook.office365.com:${ports.imap}`;
    expect(sentences[0]).toBeNull();
    expect(sentences[1]).toBe(`TCP to ${place} is refused.`);
    expect(sentences[2]).toContain(place);
    expect(sentences[2]).toContain('CN=Corp Proxy CA');
  });

  it('are printed as a table that marks what differs', () => {
    const table = comparisonTable(comparison, SCREEN).split('\n');
    const imap = table.findIndex((line) => line.startsWith('imap.tls'));
    expect(table[imap]).toMatch(/ pass [\d.]+ m?s +FAIL connect ≠ +FAIL tls ≠$/);
    expect(table[imap + 1]).toMatch(/^ +refused [\d.]+ m?s +untrusted [\d.]+ m?s$/);
  });

  it('are two causes, each with its server, its owner and its words, once what failed was looked at again', async () => {
    // Concluding goes on until both failures have been looked at again: then each of their cells has an open finding.
    await vi.waitFor(async () => {
      const { rows } = Comparison.parse((await get('comparison').expect(200)).body);
      const failed = rows.flatMap(({ cells }) => cells).filter(({ outcome }) => outcome === 'fail');
      expect(failed.map(({ finding }) => finding?.state)).toEqual(['open', 'open']);
    });
    const { items } = (await get('findings').expect(200)).body as { items: { id: string }[] };
    const details = await Promise.all(items.map(({ id }) => get(`findings/${id}`).expect(200)));
    const findings = details
      .map(({ body }) => body as FindingDetail)
      .filter(({ reach }) => reach === 'server')
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(findings).toHaveLength(2);
    expect(findings).toMatchObject([
      { rule: 'connect.refused', owner: 'network', severity: 'warning', servers: [{ name: 'app02' }] },
      { rule: 'tls.untrusted', owner: 'proxy', severity: 'warning', servers: [{ name: 'app03' }] },
    ]);
    const open = findings.map((finding) => ({ ...finding, consequences: [] }));
    const text = findingsList({ comparison, open, pending: 0 }, SCREEN) ?? '';
    expect(text).toMatch(/^WARNING +app02: TCP to \S+ is refused\./);
    expect(text).toMatch(/^ +owner +proxy team$/m);
    const japanese = await get(`findings`).set('accept-language', 'ja').expect(200);
    expect(JSON.stringify(japanese.body)).toMatch(/app02.*拒否/);
  });

  it('keep the evidence that decides: addresses, chain, version, greeting, capabilities, issuer', async () => {
    const evidence = async (check: string, server: number) => {
      const { resultId } = row(check).cells[server] as ComparisonCell;
      return (await get(`results/${resultId}`).expect(200)).body.result.evidence;
    };
    expect(await evidence('imap.tls', 0)).toMatchObject({
      dns: { addresses: ['127.0.0.2'], pinned: true },
      connect: { used: '127.0.0.2', attempts: [{ outcome: 'reached' }] },
      tls: { version: expect.stringMatching(/^TLSv1\.[23]$/), trusted: true, distrust: null },
      imap: {
        greeting: expect.stringMatching(/^\* OK/),
        capability: expect.arrayContaining(['AUTH=XOAUTH2']),
      },
    });
    const intercepted = await evidence('imap.tls', 2);
    expect(intercepted.tls).toMatchObject({ trusted: false, distrust: 'SELF_SIGNED_CERT_IN_CHAIN' });
    expect(intercepted.tls.chain[0]).toMatchObject({
      issuer: expect.stringContaining('Corp Proxy CA'),
      subjectAltNames: expect.arrayContaining(['outlook.office365.com']),
      fingerprint256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    expect(intercepted.imap).toBeUndefined();
    expect(await evidence('imap.tls', 1)).toMatchObject({
      connect: { used: null, attempts: [{ address: '127.0.0.3', outcome: 'refused' }] },
    });
    expect((await evidence('https.sign-in', 1)).http).toMatchObject({
      status: 200,
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    });
    expect((await evidence('smtp.submission', 2)).smtp.ehloAfterTls).toContainEqual(
      expect.stringMatching(/^AUTH .*XOAUTH2/),
    );
  });

  it('are alike again once both faults are mended', async () => {
    for (const [i, address] of ['127.0.0.3', '127.0.0.4'].entries()) {
      await hosts[i + 1]?.stop();
      hosts[i + 1] = await startMailHost({ address, tls, ...samePorts(), imap: { port: ports.imap } });
    }
    const mended = await oneRun();
    expect(mended.rows.flatMap(({ cells }) => cells.map(brief))).toEqual(Array(18).fill('pass'));
    expect(mended.rows.flatMap(({ differences }) => differences)).toEqual([]);
  });
});
