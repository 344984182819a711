import { type CheckResult, WORST_FIRST } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { conclude, toldOf } from './conclude.ts';
import type { Clue } from './rule.ts';
import type { RuleId } from './rules.ts';
import { causeOn, viewOf } from './testing/causes.ts';
import { changed, failing } from './testing/faults.ts';
import { app, svc } from './testing/fixtures.ts';
import { SALES } from './testing/healthy.ts';

const is = (check: string) => (result: CheckResult) => result.check === check;
const broken = (server = svc(), check = 'imap.tls') =>
  changed(server, is(check), (each) => failing(each, 'connect', 'timeout'));
const answer = {
  meaning: { en: 'It means this.', ja: 'これ。' },
  action: { en: 'Do this.', ja: 'する。' },
  items: ['X5', 'C5'],
  ...({ owner: 'exchange', rung: 'row', retry: 'no', cause: null, denies: null } as const),
};

/** The finding of one rule on these servers, of which the named ones have the cause in the results of one check. */
function finding(
  servers: readonly ReturnType<typeof svc>[],
  having: readonly string[],
  rule: RuleId,
  check: string,
  clues: readonly Partial<Clue>[] = [],
) {
  const site = viewOf(servers);
  const [first, ...more] = having.map((name, i) =>
    causeOn(site, name, rule, is(check), clues[i] ?? clues[0]),
  );
  if (!first) throw new Error('a server that has it was asked for');
  return conclude([first, ...more], site);
}
const refused = (
  clue: Partial<Clue>,
  servers = [svc()],
  having = ['svc01'],
  rule: RuleId = 'login.token-refused',
) =>
  finding(
    servers.map((server) =>
      having.includes(server.name)
        ? changed(server, is('imap.mailbox'), (each) => failing(each, 'authenticate', 'denied'))
        : server,
    ),
    having,
    rule,
    'imap.mailbox',
    [{ details: { reply: 'NO.', answer: null, sameToken: false }, ...clue }],
  );

describe('a finding', () => {
  it('is known by its rule and what it is about, cut where that is long', () => {
    const key = (about: string) =>
      finding([broken()], ['svc01'], 'connect.timeout', 'imap.tls', [{ about }]).key;
    expect(key('outlook.office365.com:993')).toBe('connect.timeout outlook.office365.com:993');
    expect(key('x'.repeat(500))).toHaveLength(400);
  });

  it('has the phase and code of the first result, and none where that passed', () => {
    expect(finding([broken()], ['svc01'], 'connect.timeout', 'imap.tls')).toMatchObject({
      phase: 'connect',
      code: 'timeout',
    });
    expect(
      finding([svc()], ['svc01'], 'tls.other-name', 'imap.tls', [{ details: { subject: 'CN=x' } }]),
    ).toMatchObject({
      phase: null,
      code: null,
    });
  });

  it('names servers, checks and targets, with the mailbox where there is one', () => {
    const { scope } = refused({});
    expect(scope.checks).toEqual([
      { server: 'svc01', check: 'imap.mailbox', target: 'sales', mailbox: SALES },
    ]);
    const path = finding([broken(), broken(svc('svc02'))], ['svc01', 'svc02'], 'connect.timeout', 'imap.tls');
    expect(path.scope).toMatchObject({
      kind: 'site',
      servers: ['svc01', 'svc02'],
      checks: [
        { server: 'svc01', check: 'imap.tls', target: 'imap' },
        { server: 'svc02', check: 'imap.tls', target: 'imap' },
      ],
    });
    expect(path.scope).not.toHaveProperty('roles');
    expect(path.scope.checks[0]).not.toHaveProperty('mailbox');
  });

  it('names the role that has it', () => {
    const { scope } = finding(
      [broken(), broken(svc('svc02')), app()],
      ['svc01', 'svc02'],
      'connect.timeout',
      'imap.tls',
    );
    expect(scope).toMatchObject({ kind: 'role', roles: ['services'] });
  });

  it('keeps of its part what every server says alike', () => {
    const clues = [{ part: { host: 'a.example', port: 993 } }, { part: { host: 'b.example', port: 993 } }];
    const { scope } = finding(
      [broken(), broken(svc('svc02'))],
      ['svc01', 'svc02'],
      'connect.timeout',
      'imap.tls',
      clues,
    );
    expect(scope).toMatchObject({ port: 993 });
    expect(scope).not.toHaveProperty('host');
  });

  it('puts the lists of all servers together, each entry once, and takes anything else of the first', () => {
    const clues = [
      { details: { addresses: ['192.0.2.1', '192.0.2.2'], family: 4 } },
      { details: { addresses: ['192.0.2.2', '192.0.2.3'], family: 6 } },
    ];
    const { params } = finding(
      [broken(), broken(svc('svc02'))],
      ['svc01', 'svc02'],
      'connect.family-dead',
      'imap.tls',
      clues,
    );
    expect(params).toMatchObject({ addresses: ['192.0.2.1', '192.0.2.2', '192.0.2.3'], family: 4 });
  });

  it('tells the evidence once, with its server where there are several, and no empty line', () => {
    const clues = [{ evidence: ['one', '', 'one'] }, { evidence: ['two'] }];
    const both = finding(
      [broken(), broken(svc('svc02'))],
      ['svc01', 'svc02'],
      'connect.timeout',
      'imap.tls',
      clues,
    );
    expect(both.evidence).toEqual(['svc01: one', 'svc02: two']);
    expect(finding([broken()], ['svc01'], 'connect.timeout', 'imap.tls', clues).evidence).toEqual(['one']);
  });

  it('names what follows, on its server and elsewhere', () => {
    const site = viewOf([broken(), app()]);
    const cause = causeOn(site, 'svc01', 'connect.timeout', is('imap.tls'));
    const [other] = site.servers;
    const result = other?.results.find(is('token.redeem'));
    if (!other || !result) throw new Error('app01 redeems');
    cause.consequences.push(...cause.server.results.filter(is('pop3.tls')));
    cause.elsewhere.push({ server: other, result });
    expect(conclude([cause], site).consequences).toEqual([
      { server: 'svc01', check: 'pop3.tls', target: 'pop3' },
      { server: 'app01', check: 'token.redeem', target: 'sales', mailbox: SALES },
    ]);
  });

  it('says that it holds everywhere only where every server of the site has it', () => {
    const everywhere = (servers: ReturnType<typeof svc>[], having: string[]) =>
      finding(servers, having, 'connect.timeout', 'imap.tls').params.everywhere;
    expect(everywhere([broken(), broken(svc('svc02'))], ['svc01', 'svc02'])).toBe(true);
    expect(everywhere([broken(), svc('svc02')], ['svc01'])).toBe(false);
    expect(everywhere([broken()], ['svc01'])).toBe(false);
    const silent = { ...app(), results: [] };
    expect(everywhere([broken(), broken(svc('svc02')), silent], ['svc01', 'svc02'])).toBe(false);
  });
});

describe('how bad it is', () => {
  it('is the worst of all results, with the statements that ask for them, as people count', () => {
    expect(WORST_FIRST).toEqual(['error', 'warning', 'info']);
    const both = [broken(), broken(app())];
    const { severity, statements } = finding(both, ['app01', 'svc01'], 'connect.timeout', 'imap.tls');
    expect([severity, statements]).toEqual(['error', ['S49', 'S56', 'S59']]);
    expect(finding(both, ['app01'], 'connect.timeout', 'imap.tls').severity).toBe('warning');
    expect(finding([svc()], ['svc01'], 'connect.timeout', 'pop3.tls').statements).toEqual(['S36']);
  });

  it('goes by how the rule weighs what passed', () => {
    const weighed = (weighAs?: 'fail' | 'warn' | 'info') =>
      finding([svc()], ['svc01'], 'connect.timeout', 'imap.tls', [weighAs ? { weighAs } : {}]).severity;
    expect([weighed('fail'), weighed('warn'), weighed('info'), weighed()]).toEqual([
      'error',
      'warning',
      'info',
      'info',
    ]);
  });
});

describe('who must act', () => {
  it('is the rule’s owner and its items first, with those of a known answer behind', () => {
    expect(refused({ answer }, [svc()], ['svc01'], 'mailbox.refused')).toMatchObject({
      owner: 'exchange',
      checklistItem: 'C8',
      items: ['C8', 'X5', 'C5'],
    });
  });

  it('is whom the answer names, where the rule defers to it', () => {
    expect(refused({ answer })).toMatchObject({
      owner: 'exchange',
      checklistItem: 'X5',
      items: ['X5', 'C5', 'X2'],
    });
    expect(refused({ answer: { ...answer, items: [] } })).toMatchObject({
      owner: 'ece-administrator',
      items: ['C5', 'X2'],
    });
    expect(refused({})).toMatchObject({ owner: 'ece-administrator', items: ['C5', 'X2'] });
  });

  it('is the rule’s owner where others get through: what is local says more than the answer', () => {
    expect(refused({ answer }, [svc(), svc('svc02')])).toMatchObject({
      owner: 'entra',
      items: ['X4', 'X6', 'C10', 'X5', 'C5'],
    });
  });

  it('is no more than possible where it rests on words that nobody knows, and nothing can be compared', () => {
    const unknown = { details: { reply: 'NO.', answer: null } };
    const known = { details: { reply: 'NO.', answer: { meaning: answer.meaning, action: answer.action } } };
    const sure = (clue: Partial<Clue>, servers = [svc()]) =>
      refused(clue, servers, ['svc01'], 'mailbox.refused').confidence;
    expect([sure(unknown), sure(known), sure(unknown, [svc(), svc('svc02')])]).toEqual([
      'possible',
      'likely',
      'likely',
    ]);
  });
});

it('the words are told servers, endpoints, hosts, protocols, and mailboxes where somebody signed in', () => {
  const site = viewOf([svc(), svc('svc02')]);
  const cause = causeOn(
    site,
    'svc01',
    'login.silent',
    ({ check }) => check === 'imap.tls' || check === 'imap.mailbox',
  );
  expect(toldOf([cause], site)).toEqual({
    servers: ['svc01'],
    witnesses: ['svc02'],
    spread: 'one',
    places: ['outlook.office365.com:993'],
    hosts: ['outlook.office365.com'],
    protocols: ['IMAP'],
    mailboxes: [SALES],
  });
});
