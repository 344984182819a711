import {
  ChecklistItem,
  FailureCode,
  Owner,
  Phase,
  AADSTS_ROWS,
  AADSTS_TEXT_ROWS,
  FAMILY_ROWS,
  type Answer,
  type Bilingual,
} from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_ROWS } from './exchange-table.ts';
import { explainTokenAnswer } from './explain-token-answer.ts';
import { EXCEPTION_FAMILIES } from './ladder/exception-families.ts';
import { IMAP_CODES } from './ladder/imap-families.ts';
import { POP3_CODES } from './ladder/pop3-families.ts';
import { SMTP_CODES } from './ladder/smtp-codes.ts';
import { smtpFamily } from './ladder/smtp-families.ts';
import { SMTP_RANGES } from './ladder/smtp-ranges.ts';
import { NOT_THE_SIGN_IN_HOST, OAUTH_ERRORS, TOO_MANY_REQUESTS } from './oauth-error-table.ts';
import { OAUTH_SUBERRORS } from './oauth-suberror-table.ts';

type Row = Answer & { meaning: Bilingual; action?: Bilingual; remedy?: Bilingual; sign?: Bilingual };

const ROWS: [string, Row][] = [
  ...AADSTS_ROWS.map((row): [string, Row] => [`AADSTS${row.codes[0]}`, row]),
  ...EXCHANGE_ROWS.map((row): [string, Row] => [row.row, row]),
  ...Object.entries<Row>(OAUTH_ERRORS),
  ...Object.entries<Row>(OAUTH_SUBERRORS).map(([word, row]): [string, Row] => [`suberror ${word}`, row]),
  ...Object.entries<Row>(SMTP_CODES).map(([name, row]): [string, Row] => [`code ${name}`, row]),
  ...SMTP_RANGES.map((row): [string, Row] => [`span ${row.subject}.${row.details[0]}`, row]),
  ...Object.entries<Row>(IMAP_CODES).map(([name, row]): [string, Row] => [`IMAP ${name}`, row]),
  ...Object.entries<Row>(POP3_CODES).map(([name, row]): [string, Row] => [`POP3 ${name}`, row]),
  ...EXCEPTION_FAMILIES.map(({ parts, answer }): [string, Row] => [`exception ${parts[0]}`, answer]),
  ...AADSTS_TEXT_ROWS.map((row): [string, Row] => [`AADSTS${row.codes[0]} ${row.says[0]}`, row]),
  ...Object.entries<Row>(FAMILY_ROWS).map(([name, row]): [string, Row] => [`family ${name}`, row]),
  ...[
    '500 5.1.9',
    '500 5.2.9',
    '500 5.3.9',
    '500 5.4.9',
    '500 5.5.9',
    '500 5.6.9',
    '500 5.7.9',
    '400 4.3.9',
  ].flatMap((line) =>
    (['greet', 'authenticate', 'send'] as const).flatMap((phase): [string, Row][] => {
      const row = smtpFamily(line, phase);
      return row ? [[`${line} at ${phase}`, row]] : [];
    }),
  ),
  ['a proxy', NOT_THE_SIGN_IN_HOST],
  ['HTTP 429', TOO_MANY_REQUESTS],
  ['an unknown answer', explainTokenAnswer({ status: 400, error: 'brand_new' }).row],
];

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}。、]/u;
/**
 * What stays as it is in every language: cmdlets and their parameters, placeholders, numbers, hosts, names of claims,
 * scopes and settings.
 */
const VERBATIM =
  /(?:Get|Set|Add|New|Enable)-[A-Z]\w+|(?<![\w-])-[A-Z]\w+|<[\w ]+>|\d[\d.,]*\d|\d|https:[^\s,]*[\w/]|\b[\w-]+(?:\.[\w-]+)+\b|\b(?:XOAUTH2|STARTTLS|AUTH|EHLO|FullAccess|SendAs|PopEnabled|ImapEnabled|ECE|IMAP|POP3|SMTP|TLS|OAuth|UPN|FQDN|MFA)\b|user=|\$\w+/g;

const textsOf = ({ meaning, action, remedy, sign }: Row): Bilingual[] =>
  [meaning, action, remedy, sign].filter((text) => text !== undefined);

describe.each(ROWS)('the row of %s', (_name, row) => {
  it('says what it means and what to do, in whole sentences of both languages', () => {
    const texts = textsOf(row);
    expect(texts.length).toBeGreaterThanOrEqual(2);
    for (const { en, ja } of texts) {
      expect(en).toMatch(/^[A-Z"].*\.$/);
      expect(en).not.toMatch(JAPANESE);
      expect(ja).toMatch(JAPANESE);
      expect(ja).toMatch(/。$/);
      expect(`${en} ${ja}`).not.toMatch(/undefined|\bnull\b|NaN| {2}/);
    }
  });

  it('keeps cmdlets, codes, hosts and numbers in the translation', () => {
    const lost = textsOf(row).flatMap(({ en, ja }) =>
      [...en.matchAll(VERBATIM)].map(([word]) => word).filter((word) => !ja.includes(word)),
    );
    expect(lost).toEqual([]);
  });

  it('names items and an owner that exist', () => {
    expect(row.items.filter((item) => !ChecklistItem.safeParse(item).success)).toEqual([]);
    expect(new Set(row.items).size).toBe(row.items.length);
    expect(Owner.safeParse(row.owner).success).toBe(true);
    expect(['no', 'back-off', 'user', 'wait']).toContain(row.retry);
  });
});

it('names phases and failure codes that exist', () => {
  for (const { phases, code } of EXCHANGE_ROWS) {
    expect(phases).not.toEqual([]);
    expect(Phase.options).toEqual(expect.arrayContaining([...phases]));
    expect(FailureCode.options).toContain(code);
  }
});
