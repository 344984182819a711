import { createHash } from 'node:crypto';
import type { Finding } from '@mailpath/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ground } from './situations/ground.ts';
import { diagnose, isRight, judge } from './situations/judge.ts';
import { record, type Recording } from './situations/record.ts';
import { HEALTHY, situation } from './situations/situations.ts';

/** Some of each layer, of those that need no waiting; `npm run bench:diagnosis` has all of them. */
const NAMES = [
  'all is well',
  'svc02 finds no Outlook host',
  'a firewall refuses all application servers on SMTP',
  'the firewall lets nobody out to mail',
  'an inspector opens the IMAP of services servers',
  'app02 trusts the inspector of all its TLS',
  'an inspector masks what SMTP offers to svc01',
  'the proxy of app01 wants a sign-in',
  'the clock of app02 is ten minutes ahead',
  'the client secret has expired',
  'Conditional Access blocks the place of svc02',
  'IMAP is off for a mailbox',
  'a firewall refuses svc01 on IMAP, and an inspector opens the SMTP of app02',
  'svc02 gets a web page from IMAP, and Conditional Access blocks the place of svc02',
  'SMTP AUTH is off for a mailbox, and a firewall refuses svc01 on IMAP',
  'IMAP is off for a mailbox, and the shared account may not send as the mailbox',
];

/** The lane of a ground that a run of the whole measurement does not use. */
const LANE = 40;

describe('situations at a site of five servers', () => {
  const recordings = new Map<string, Recording>();
  let ground: Ground;

  beforeAll(async () => {
    ground = await Ground.open(LANE);
    // What is loaded and made once would be taken for a slow network.
    await record(ground, HEALTHY);
    for (const name of NAMES) recordings.set(name, await record(ground, situation(name)));
  });
  afterAll(() => ground.close());

  const recorded = (name: string): Recording => {
    const recording = recordings.get(name);
    if (!recording) throw new Error(`"${name}" was not recorded`);
    return recording;
  };

  it.each(NAMES)('%s: that is found, and nothing else', (name) => {
    const { met, more } = judge(situation(name), recorded(name));
    expect(
      met.filter((each) => !isRight(each)).map(({ expected, finding }) => [expected, said(finding)]),
    ).toEqual([]);
    expect(more.map(said)).toEqual([]);
  });

  it('looked at everything that there is to look at, and found it good where all is well', () => {
    const { servers } = recorded('all is well');
    const checks = (name: string) =>
      servers.find((server) => server.name === name)?.results.map(({ check }) => check);
    expect(servers.flatMap(({ results }) => results.map(({ outcome }) => outcome))).not.toContain('fail');
    const standing = [
      'https.sign-in',
      'https.sign-in-alias',
      'https.exchange',
      'smtp.submission',
      'imap.tls',
    ];
    const common = [...standing, 'pop3.tls', 'https.redirect-uri'];
    expect(checks('app01')).toEqual([...common, 'token.redeem', 'smtp.login']);
    const mailbox = ['token.refresh', 'imap.mailbox', 'smtp.login'];
    expect(checks('svc01')).toEqual([...common, ...mailbox, ...mailbox, 'mail.round-trip']);
  });

  it.each(NAMES)('%s: the order of servers and of results does not matter', (name) => {
    const { site, servers } = recorded(name);
    for (const seed of ['one', 'two', 'three']) {
      const mixed = shuffled(servers, seed, (server) => server.name).map((server) => ({
        ...server,
        results: shuffled(server.results, seed, ({ id }) => id),
      }));
      expect(diagnose({ site, servers: mixed })).toEqual(diagnose({ site, servers }));
    }
  });

  it.each(NAMES)('%s: servers that are well may be left out', (name) => {
    const { site, servers } = recorded(name);
    const findings = diagnose({ site, servers });
    const concerned = findings.flatMap(({ scope, consequences }) => [
      ...scope.servers,
      ...consequences.map(({ server }) => server),
    ]);
    const well = servers.filter((server) => !concerned.includes(server.name));
    for (const one of well) {
      const others = servers.filter((server) => server !== one);
      expect(diagnose({ site, servers: others }).map(said)).toEqual(findings.map(said));
    }
    const only = servers.filter((server) => !well.includes(server));
    expect(diagnose({ site, servers: only }).map(causeOf)).toEqual(findings.map(causeOf));
  });
});

const said = (finding: Finding | null) =>
  finding && {
    ...causeOf(finding),
    owner: finding.owner,
    severity: finding.severity,
    item: finding.checklistItem,
  };
const causeOf = ({ key, rule, scope }: Finding) => ({ key, rule, servers: scope.servers });

/** Another order for each seed, the same every time. */
function shuffled<T>(items: readonly T[], seed: string, idOf: (item: T) => string): T[] {
  const place = (item: T) =>
    createHash('sha256')
      .update(`${seed} ${idOf(item)}`)
      .digest('hex');
  return items.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
