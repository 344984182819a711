import type { CheckResult, Confidence, Owner, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../../diagnose-site.ts';
import { EXAMPLES, type ExampleLine } from '../../testing/exchange-lines.ts';
import { failing } from '../../testing/faults.ts';
import { svc } from '../../testing/fixtures.ts';
import { signedIn, SITE, type SignInCheck } from '../../testing/healthy.ts';
import { Seeded } from '../../testing/seeded.ts';
import { also } from '../../testing/sign-in-steps.ts';
import type { MailProtocol } from '../exchange-table.ts';
import { exchangeException } from './exchange-exceptions.ts';
import { withoutTraces } from './line.ts';
import { mailAnswer } from './mail-answer.ts';

const CHECK: Readonly<Record<MailProtocol, SignInCheck>> = {
  smtp: 'smtp.login',
  imap: 'imap.mailbox',
  pop3: 'pop3.mailbox',
};
const SURE: readonly Confidence[] = ['possible', 'likely', 'certain'];
/** Whoever signed in has a token and a credential that are good: after that neither team is at fault. */
const CLEARED: readonly Owner[] = ['ece-administrator', 'entra', 'network', 'proxy', 'dns'];

function told(protocol: MailProtocol, phase: Phase, line: string) {
  const evidence =
    phase === 'authenticate'
      ? { login: { reply: line } }
      : phase === 'send'
        ? { submission: { data: line } }
        : { mailbox: { opened: false, reply: line } };
  const broken: CheckResult = failing(
    signedIn(phase === 'send' ? 'mail.round-trip' : CHECK[protocol]),
    phase,
    'denied',
    evidence,
  );
  const server = svc();
  const results = server.results.filter(({ check }) => check !== broken.check);
  const [finding, ...more] = diagnoseSite({ site: SITE, servers: [also({ ...server, results }, broken)] });
  expect(more).toEqual([]);
  if (!finding) throw new Error(`nothing is said of ${line}`);
  return finding;
}

/** An answer of the same family as a line, which no table has. */
function unknownBrother(line: string, dice: Seeded): string {
  const detail = dice.between(300, 998);
  const [, head] = /^([45]\d\d[ -][45]\.\d+)\.\d+/.exec(line) ?? [];
  if (head !== undefined) return `${head}.${detail} Words of tomorrow`;
  const [, tagged] = /^((?:\S+ )?(?:NO|BAD)) /.exec(line) ?? [];
  return tagged === undefined ? '-ERR Words of tomorrow' : `${tagged} Words of tomorrow`;
}

const seedNow = Date.now() % 2 ** 31;

describe.each([20_261_128, seedNow])(
  'an answer replaced by an unknown one of its family (seed %i)',
  (seed) => {
    it('never raises confidence, names no right that is missing, and blames nobody whom the step before has cleared', () => {
      const dice = new Seeded(seed);
      for (let round = 0; round < 1_500; round += 1) {
        const { protocol, line } = dice.pick(EXAMPLES as [ExampleLine, ...ExampleLine[]]);
        if (/^(?:334|\*|4)/.test(line)) continue;
        const later: Phase = protocol === 'smtp' ? 'send' : 'open-mailbox';
        const phase = dice.pick<Phase>(['authenticate', later]);
        const brother = unknownBrother(line, dice);
        const [known, unknown] = [told(protocol, phase, line), told(protocol, phase, brother)];
        const raised = SURE.indexOf(unknown.confidence) > SURE.indexOf(known.confidence);
        expect([line, brother, raised]).toEqual([line, brother, false]);
        expect([brother, unknown.confidence]).not.toEqual([brother, 'certain']);
        expect(`${unknown.cause} ${unknown.nextStep}`).not.toContain('Add-RecipientPermission');
        const blamesCleared = phase !== 'authenticate' && CLEARED.includes(unknown.owner);
        expect([brother, blamesCleared]).toEqual([brother, false]);
      }
    });
  },
);

describe('generated codes that no table has, where a message is sent', () => {
  const OWNER: Readonly<Record<number, Owner>> = {
    1: 'exchange',
    2: 'exchange',
    3: 'microsoft',
    4: 'microsoft',
    5: 'mailpath',
    6: 'mailpath',
    7: 'exchange',
  };

  it.each([1, 2, 3, 4, 5, 6, 7])('are told by their subject: 5.%i.y', (subject) => {
    for (const reply of [550, 554, 571, 599])
      for (let detail = 300; detail < 400; detail += 7) {
        const finding = told('smtp', 'send', `${reply} 5.${subject}.${detail} Words`);
        expect([finding.owner, finding.confidence]).toEqual([OWNER[subject], 'likely']);
        expect(`${finding.cause} ${finding.nextStep}`).not.toMatch(/Add-RecipientPermission|right to send/);
      }
  });

  it('of a known row that means something else carry no word of Send As', () => {
    for (const { protocol, row, line } of EXAMPLES) {
      if (protocol !== 'smtp' || ['D12', 'D13', 'D14'].includes(row) || /^[34]/.test(line)) continue;
      const { cause, nextStep } = told('smtp', 'send', line);
      expect([row, `${cause} ${nextStep}`]).not.toEqual([
        row,
        expect.stringMatching(/Add-RecipientPermission|right to send/),
      ]);
    }
  });
});

describe('what Microsoft puts in brackets', () => {
  it('is not read', () => {
    expect(withoutTraces('a [b [c] d] e')).toBe('a  e');
    expect(withoutTraces('a [b')).toBe('a ');
    expect(exchangeException('554 5.2.0 x [OutboundSpamException]')).toBeNull();
    const line = '554 5.2.0 STOREDRV.Submission.Exception:QuotaExceededException; x';
    const traced = `${line} [Hostname=SendAsDeniedException.prod.outlook.com]`;
    expect(mailAnswer({ protocol: 'smtp', phase: 'send', line: traced })).toEqual(
      mailAnswer({ protocol: 'smtp', phase: 'send', line }),
    );
  });

  it('costs no more than its length, however it is nested', () => {
    const hostile = '['.repeat(100_000) + 'Exception'.repeat(10_000);
    expect(mailAnswer({ protocol: 'smtp', phase: 'send', line: hostile })).toBeNull();
  });
});

describe('a switch that is off, in any language', () => {
  it.each([
    '535 5.7.139 Authentifizierung nicht erfolgreich, SmtpClientAuthentication ist für den Mandanten deaktiviert. https://aka.ms/smtp_auth_disabled',
    "535 5.7.139 Échec de l'authentification, SmtpClientAuthentication est désactivé pour la boîte aux lettres.",
    '535 5.7.139 認証に失敗しました。テナントで無効になっています。https://aka.ms/smtp_auth_disabled を参照してください。',
  ])('%s', (line) => {
    expect(told('smtp', 'authenticate', line)).toMatchObject({
      rule: 'smtp.auth-off',
      owner: 'exchange',
      checklistItem: 'C6',
    });
  });
});
