import { ChecklistEntry } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import {
  ALL,
  CASES,
  failure,
  mailbox,
  refusedBy,
  site,
  TOKENS,
  verdicts,
} from '../testing/checklist-cases.ts';
import { healthySite, serverOf, staleSite, withoutResults, withResults } from '../testing/checklist.ts';
import { claimsWith, mailboxWith, siteWith } from '../testing/settings.ts';
import { checklist } from './checklist.ts';
import { ITEMS } from './items.ts';
import type { ChecklistInput } from './known.ts';

describe('the checklist', () => {
  it('holds throughout on a site without a fault, every item for each of its subjects', () => {
    const entries = checklist(healthySite());
    expect(ChecklistEntry.array().parse(entries)).toEqual(entries);
    expect(entries.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect([...new Set(entries.map(({ item }) => item))]).toEqual(ITEMS.map(({ item }) => item));
    expect(entries.filter(({ subject }) => subject.kind === 'server')).toHaveLength(10);
  });

  it.each(ITEMS.map(({ item }) => item))('%s is broken by what breaks it', (item) => {
    const entries = checklist(CASES[item].broken).filter((one) => one.item === item);
    expect(entries.map(({ verdict }) => verdict)).toContain('broken');
    for (const { verdict, nextStep } of entries)
      expect(verdict === 'broken' && nextStep === null).toBe(false);
  });

  it.each(ITEMS.map(({ item }) => item))('%s cannot be told without what shows it', (item) => {
    const entries = checklist(CASES[item].cannotTell).filter((one) => one.item === item);
    expect(new Set(entries.map(({ verdict }) => verdict))).toEqual(new Set(['cannot-tell']));
    for (const { nextStep } of entries) expect(nextStep).not.toBeNull();
  });

  it.each([
    ['no result', withoutResults()],
    ['stale results', staleSite()],
    ['nothing but throttled results', withResults(ALL, failure('authenticate', 'throttled'))],
    ['nothing but faults of Mailpath', withResults(ALL, failure('tls', 'internal'))],
    ['nothing but skipped checks', withResults(ALL, { outcome: 'skipped', reason: 'why', evidence: {} })],
  ])('with %s keeps what is entered, and cannot tell the rest', (_, input) => {
    const by = Map.groupBy(checklist(input), ({ verdict }) => verdict);
    const items = (verdict: 'holds' | 'broken' | 'cannot-tell'): string[] => [
      ...new Set((by.get(verdict) ?? []).map(({ item }) => item)),
    ];
    expect(items('broken')).toEqual([]);
    expect(items('holds')).toEqual(['C1', 'C2', 'C3', 'C7', 'C11']);
  });

  it('says that a result is too old, and what it was', () => {
    const [entry] = checklist(staleSite()).filter(({ item }) => item === 'C8');
    expect(entry?.sentence).toContain('imap.mailbox on svc01 is of 2026-11-24T03:00:00.000Z: too old');
  });

  it('judges each server by its own results', () => {
    const input = withResults(['imap.tls'], failure('connect', 'timeout'), 'app01');
    expect(verdicts(input, 'C10')).toBe('svc01 holds, app01 broken');
    const [entry] = checklist(input).filter(({ item, verdict }) => item === 'C10' && verdict === 'broken');
    expect(entry?.sentence).toContain('No mail process of this role uses outlook.office365.com:993');
    expect(entry?.statements).toEqual(['S56', 'S59']);
    expect(entry?.evidence).toEqual([{ server: 'app01', check: 'imap.tls', target: 'imap' }]);
  });

  it('takes no port for open behind which nobody spoke the protocol', () => {
    const input = withResults(['imap.tls', 'imap.mailbox'], failure('greet', 'timeout'), 'svc01');
    expect(verdicts(input, 'C10')).toBe('svc01 cannot-tell, app01 holds');
    const denied = withResults(['imap.tls', 'imap.mailbox'], failure('authenticate', 'denied'), 'svc01');
    expect(verdicts(denied, 'C10')).toBe('svc01 holds, app01 holds');
  });

  it('asks nothing of a protocol that the site does not use', () => {
    const input = withResults(
      ['imap.tls'],
      failure('connect', 'timeout'),
      'svc01',
      site({ inboundProtocol: 'pop3' }),
    );
    expect(verdicts(input, 'C10')).toBe('svc01 cannot-tell, app01 cannot-tell');
  });

  it('tells a policy by location from one for all', () => {
    const here = checklist(withResults(TOKENS, refusedBy(53_003), 'svc01')).filter(
      ({ item }) => item === 'X4',
    );
    expect(here.map(({ verdict }) => verdict)).toEqual(['broken', 'holds']);
    expect(here[0]?.sentence).toContain('app01 gets tokens: it is a policy by location');
    const everywhere = checklist(withResults(TOKENS, refusedBy(53_003))).filter(({ item }) => item === 'X4');
    expect(everywhere.map(({ sentence }) => sentence).join()).not.toContain('policy by location');
  });

  it('says of an application server that it has to be chosen, which a services server need not be', () => {
    const steps = checklist(withoutResults(TOKENS)).flatMap(({ item, nextStep }) =>
      item === 'X4' ? [nextStep] : [],
    );
    expect(steps).toEqual([
      expect.stringContaining('so that the servers get a token'),
      expect.stringContaining('with app01 chosen'),
    ]);
  });

  it.each<[string | null, boolean, string, string]>([
    ['2027-11-01', true, 'holds', 'It expires on 2027-11-01'],
    ['2026-12-01', true, 'holds', 'Create a new client secret'],
    ['2026-11-01', true, 'holds', 'The date that is entered has passed'],
    ['2026-11-01', false, 'broken', 'has expired on 2026-11-01'],
    ['2027-11-01', false, 'cannot-tell', 'No result shows it.'],
  ])('a client secret until %s, taken: %j, %s', (secretExpiresOn, taken, verdict, words) => {
    const input = { ...(taken ? healthySite() : withoutResults(TOKENS)) };
    const site = { ...siteWith(), clientProof: { kind: 'secret' as const, expiresOn: secretExpiresOn } };
    const [entry] = checklist({ ...input, site }).filter(({ item }) => item === 'X1');
    expect(entry?.verdict).toBe(verdict);
    expect(`${entry?.sentence} ${entry?.nextStep}`).toContain(words);
  });

  it.each<[string, string | null, string, string]>([
    ['2027-11-01', '2', 'holds', 'It expires on 2027-11-01'],
    ['2026-12-01', '2', 'holds', 'Make a new client certificate'],
    ['2026-11-01', '2', 'broken', 'has expired on 2026-11-01'],
    ['2026-11-01', null, 'broken', 'Make a new client certificate'],
    ['2027-11-01', null, 'cannot-tell', 'No result shows it.'],
    // What Entra accepted was the secret that the application had before.
    ['2027-11-01', '1', 'cannot-tell', ''],
  ])('a client certificate until %s, proved by %j, %s', (day, appidacr, verdict, words) => {
    const tokens = { evidence: { claims: claimsWith({ appidacr }) } };
    const input = appidacr === null ? withoutResults(TOKENS) : withResults(TOKENS, tokens);
    const clientProof = { kind: 'certificate' as const, expiresAt: `${day}T12:00:00.000Z` };
    const site = { ...siteWith(), clientProof };
    const [entry] = checklist({ ...input, site }).filter(({ item }) => item === 'X1');
    expect(entry?.verdict).toBe(verdict);
    expect(`${entry?.sentence} ${entry?.nextStep}`).toContain(words);
    const [told] = checklist({ ...input, site }, 'ja').filter(({ item }) => item === 'X1');
    for (const text of [entry, told].map((one) => `${one?.sentence} ${one?.nextStep}`))
      expect(text).not.toMatch(/secret|シークレット/);
  });

  it('shows full access by a mailbox that opens, and Send As by a message that was sent', () => {
    const shared = mailbox({ userName: 'ece@example.com' });
    const c8 = (input: ChecklistInput) => checklist(input).find(({ item }) => item === 'C8');
    expect(c8(shared)).toMatchObject({ verdict: 'holds' });
    expect(c8(shared)?.nextStep).toContain('round trip');
    const closed = (input: ChecklistInput) =>
      c8(withResults(['imap.mailbox'], failure('open-mailbox', 'denied'), undefined, input))?.nextStep;
    expect(closed(shared)).toContain('Add-MailboxPermission sales@example.com -User ece@example.com');
    expect(closed(healthySite())).toContain("The account is the mailbox's own");
    const sent = (line: string) =>
      withResults(
        ['smtp.login'],
        failure('send', 'denied', { submission: { mailFrom: line } }),
        'app01',
        shared,
      );
    const refused = sent('550 5.7.60 SMTP; Client does not have permissions to send as this sender');
    expect(c8(refused)).toMatchObject({ verdict: 'broken' });
    expect(c8(refused)?.nextStep).toContain('-AccessRights SendAs');
    // A limit, or words that nobody knows, show nothing of rights.
    for (const line of ['554 5.2.2 mailbox full', '554 No'])
      expect(c8(sent(line))).toMatchObject({ verdict: 'holds' });
  });

  it('waits for the other of IMAP and POP3 while the site has not decided and one is off', () => {
    const changes = { imapEnabled: false, popEnabled: null, smtpAuthEnabled: true };
    const input = { ...withoutResults(), mailboxes: [mailboxWith(changes)] };
    expect(verdicts({ ...input, site: siteWith({ inboundProtocol: 'undecided' }) }, 'C6')).toContain(
      'cannot-tell',
    );
    expect(verdicts(input, 'C6')).toContain('broken');
  });

  it('adds servers without a fault and changes no verdict on another subject', () => {
    for (const { broken, cannotTell } of Object.values(CASES))
      for (const input of [broken, cannotTell, healthySite()]) {
        const more = {
          ...input,
          servers: [...input.servers, serverOf('app02', 'application'), serverOf('svc02', 'services')],
        };
        const before = checklist(input);
        const after = checklist(more).filter(({ subject }) => !['app02', 'svc02'].includes(subject.name));
        const isWorse = after.filter((entry, i) => {
          const was = before[i]?.verdict;
          // a mailbox that opens on them is news of its licence
          if (entry.item === 'C7') return entry.verdict === 'broken' && was !== 'broken';
          return entry.subject.kind === 'server' || was === 'broken'
            ? entry.verdict !== was
            : entry.verdict === 'broken';
        });
        expect(isWorse).toEqual([]);
      }
  });

  it('puts a blank into Japanese only where a sentence ends without a full stop', () => {
    const input = withResults(['imap.tls'], failure('connect', 'timeout'), 'app01');
    const [entry] = checklist(input, 'ja').filter(
      ({ item, verdict }) => item === 'C10' && verdict === 'broken',
    );
    expect(entry?.sentence).toContain('outlook.office365.com:993 この役割の');
    const [version] = checklist(healthySite(), 'ja');
    expect(version?.sentence).not.toMatch(/。 /);
  });

  it('has Japanese for every entry', () => {
    for (const { broken, cannotTell } of Object.values(CASES))
      for (const input of [{ ...broken, findings: [] }, cannotTell, healthySite()])
        for (const { title, sentence, nextStep } of checklist(input, 'ja')) {
          expect(title).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
          expect(sentence).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
          expect(nextStep ?? 'なし').toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
        }
  });
});
