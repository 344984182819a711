import type { Owner, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import type { MailProtocol } from '../exchange/exchange-row.ts';
import { mailAnswer } from './mail-answer.ts';

/** Members of a family that no row names, in invented words; what is sensible of all of them. */
interface Family {
  name: string;
  protocol: MailProtocol;
  phases: Phase[];
  lines: string[];
  owners: (Owner | 'nobody')[];
  retry?: 'no' | 'back-off' | 'wait' | 'user';
  meaning?: RegExp;
}

const WORDS = ['Nein.', 'だめです。', '不行', 'Non, désolé', 'Niet nu [host.example 7f]', 'Отказано'];
const withWords = (...codes: string[]): string[] =>
  codes.flatMap((code) => WORDS.map((word) => `${code} ${word}`));

const SIGNED_IN: Phase[] = ['open-mailbox', 'send'];
const FAMILIES: Family[] = [
  {
    name: 'SMTP, refused for good in words that remind of a server which goes down',
    protocol: 'smtp',
    phases: ['send'],
    lines: ['550 5.7.1 is not accepting mail from this sender', '550 5.7.1 this list is in maintenance'],
    owners: ['exchange', 'ece-administrator', 'entra', 'nobody'],
    retry: 'no',
  },
  {
    name: 'SMTP, addressing, for good',
    protocol: 'smtp',
    phases: ['send'],
    lines: withWords('550 5.1.47', '553-5.1.68', '550 5.1.61', '5.1.77'),
    owners: ['exchange'],
    retry: 'no',
  },
  {
    name: 'SMTP, mailbox, for good',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    lines: withWords('550 5.2.1', '552 5.2.2', '550 5.2.81', '550 5.2.0'),
    owners: ['exchange'],
    retry: 'no',
  },
  {
    name: 'SMTP, mail system, for now',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    lines: withWords('452 4.3.1', '451 4.3.77', '421 4.3.0', '421', '451'),
    owners: ['microsoft'],
    retry: 'back-off',
  },
  {
    name: 'SMTP, routing',
    protocol: 'smtp',
    phases: ['send'],
    lines: withWords('451 4.4.1', '451 4.4.33', '451 4.4.7'),
    owners: ['microsoft'],
    retry: 'back-off',
  },
  {
    name: 'SMTP, protocol, for good',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    lines: withWords('501 5.5.44', '503 5.5.1', '500', '502', '504 5.5.2'),
    owners: ['mailpath'],
    retry: 'no',
  },
  {
    name: 'SMTP, policy, after the login',
    protocol: 'smtp',
    phases: ['send'],
    lines: withWords('550 5.7.1', '550 5.7.998', '554 5.7.77'),
    owners: ['exchange'],
    retry: 'no',
  },
  {
    name: 'SMTP, in place of a greeting, for good',
    protocol: 'smtp',
    phases: ['greet'],
    lines: withWords('521', '554', '550', '550 5.2.1', '554 5.3.2', '550 5.1.68', '553'),
    owners: ['network'],
    retry: 'no',
    meaning: /policy turns this public address away/,
  },
  {
    name: 'SMTP, in place of a greeting, for now',
    protocol: 'smtp',
    phases: ['greet'],
    lines: withWords('450', '450 4.2.1', '421', '451 4.1.8', '452'),
    owners: ['microsoft'],
    retry: 'back-off',
    meaning: /mail system itself/,
  },
  {
    name: 'IMAP, who signs in',
    protocol: 'imap',
    phases: ['authenticate'],
    lines: withWords('a1 NO [AUTHENTICATIONFAILED]', 'a1 NO [EXPIRED]'),
    owners: ['ece-administrator'],
  },
  {
    name: 'IMAP, rights and state of the mailbox',
    protocol: 'imap',
    phases: SIGNED_IN,
    lines: withWords(
      'a1 NO [NOPERM]',
      'a1 NO [AUTHORIZATIONFAILED]',
      'a1 NO [NONEXISTENT]',
      'a1 NO [OVERQUOTA]',
      'a1 NO [CORRUPTION]',
      'a1 NO [CONTACTADMIN]',
      // Whoever signed in has shown a good credential.
      'a1 NO [AUTHENTICATIONFAILED]',
      'a1 NO [EXPIRED]',
    ),
    owners: ['exchange'],
  },
  {
    name: 'IMAP and its sessions',
    protocol: 'imap',
    phases: ['authenticate', 'open-mailbox'],
    lines: withWords('a1 NO [LIMIT]', 'a1 NO [INUSE]'),
    owners: ['exchange'],
    meaning: /limit of connections|session holds/,
  },
  {
    name: 'IMAP, the service',
    protocol: 'imap',
    phases: ['greet', 'authenticate', 'open-mailbox'],
    lines: withWords('* BYE', 'a1 NO [UNAVAILABLE]', 'a1 NO [SERVERBUG]', '* BYE [UNAVAILABLE]'),
    owners: ['microsoft'],
    retry: 'back-off',
  },
  {
    name: 'IMAP, a code that no RFC names',
    protocol: 'imap',
    phases: ['authenticate', 'open-mailbox'],
    lines: withWords('a1 NO [X-NEUES]', 'a1 BAD', 'a1 NO [MSFT-7]'),
    owners: ['nobody'],
  },
  {
    name: 'POP3, sessions',
    protocol: 'pop3',
    phases: ['authenticate', 'open-mailbox'],
    lines: withWords('-ERR [IN-USE]', '-ERR [IN-USE/7]', '-ERR [LOGIN-DELAY]'),
    owners: ['exchange', 'ece-administrator'],
  },
  {
    name: 'POP3, system',
    protocol: 'pop3',
    phases: ['greet', 'authenticate', 'open-mailbox'],
    lines: withWords('-ERR [SYS/TEMP]', '-ERR [SYS]', '-ERR [SYS/NEU]'),
    owners: ['microsoft'],
    retry: 'back-off',
  },
  {
    name: 'POP3, a code that no RFC names',
    protocol: 'pop3',
    phases: ['greet', 'authenticate', 'open-mailbox'],
    lines: withWords('-ERR', '-ERR [NEU/7]'),
    owners: ['nobody'],
  },
  {
    name: 'policies by their words',
    protocol: 'imap',
    phases: ['authenticate'],
    lines: [
      'a1 NO Access blocked by client access rule "HQ only".',
      'a1 NO [CONTACTADMIN] Refused by authentication policy.',
      'a1 NO [AUTHENTICATIONFAILED] Durch eine Richtlinie blockiert.',
      'a1 NO ポリシーによりブロックされました。',
    ],
    owners: ['exchange'],
    retry: 'no',
    meaning: /policy or an access rule/,
  },
  {
    name: 'policies of Entra ID by their words',
    protocol: 'imap',
    phases: ['authenticate'],
    lines: [
      'a1 NO [AUTHENTICATIONFAILED] Conditional Access says no.',
      'a1 NO 条件付きアクセスによりブロックされました。',
      "a1 NO [CONTACTADMIN] Bloqué par l'accès conditionnel",
    ],
    owners: ['entra'],
    retry: 'no',
    meaning: /Conditional Access/,
  },
  {
    name: 'a server that goes down, in whichever words',
    protocol: 'imap',
    phases: ['greet', 'authenticate', 'open-mailbox'],
    lines: [
      '* BYE Draining, come again',
      '* BYE Wartung bis 22 Uhr',
      '* BYE メンテナンス中です',
      '* BYE Servidor en mantenimiento',
      '* BYE Out of service',
    ],
    owners: ['microsoft'],
    retry: 'back-off',
    meaning: /cannot answer now/,
  },
  {
    name: 'a store that cannot now, by the name of an exception',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    lines: [
      '432 4.2.0 STOREDRV.Submission.Exception:WrongServerException.MapiExceptionWrongServer; Later',
      '451 4.2.0 MapiExceptionLowDatabaseDiskSpace',
      '430 4.2.0 MapiExceptionNotEnoughMemory; transient',
      '432 4.2.0 MapiExceptionMdbOffline',
      '430 4.2.0 MapiExceptionRpcServerTooBusy',
      '430 4.2.0 MapiExceptionSessionLimit',
    ],
    owners: ['microsoft', 'exchange'],
    meaning: /cannot be used at present|throttles/,
  },
  {
    name: 'accounts by the name of an exception',
    protocol: 'smtp',
    phases: ['send'],
    lines: [
      '554 5.2.0 STOREDRV.Submission.Exception:AccountDisabledException.MapiExceptionAccountDisabled; No',
      '554 5.2.0 X.Exception:UserDisabledException; No',
    ],
    owners: ['exchange'],
    retry: 'no',
    meaning: /account is disabled/,
  },
];

describe('members of a family that no table lists', () => {
  const cases = FAMILIES.flatMap(({ phases, lines, ...family }) =>
    phases.flatMap((phase) => lines.map((line) => ({ ...family, phase, line }))),
  );
  it.each(cases)('$name: $phase "$line"', ({ protocol, phase, line, owners, retry, meaning }) => {
    const answer = mailAnswer({ protocol, phase, line });
    expect(owners).toContain(answer?.owner ?? 'nobody');
    expect(answer?.retry).toBe(retry ?? answer?.retry);
    expect(answer?.meaning.en ?? '').toMatch(meaning ?? /^/);
    // What has to be changed first is not left to time.
    const waits = /^(?:Try again|Wait)/.test(answer?.action.en ?? '');
    expect(waits && answer?.retry === 'no').toBe(false);
  });
});
