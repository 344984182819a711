import {
  AADSTS_ROWS,
  AADSTS_TEXT_ROWS,
  type Answer,
  type Bilingual,
  FAMILY_ROWS,
  type Retry,
} from '@mailpath/protocol';
import { EXCHANGE_ROWS, type ExchangeRow, type MailProtocol } from '../answers/exchange-table.ts';
import {
  NOT_THE_SIGN_IN_HOST,
  OAUTH_ERRORS,
  type OAuthErrorRow,
  TOO_MANY_REQUESTS,
} from '../answers/oauth-error-table.ts';
import { OAUTH_SUBERRORS } from '../answers/oauth-suberror-table.ts';
import { EXCEPTION_FAMILIES } from '../answers/ladder/exception-families.ts';
import { IMAP_CODES } from '../answers/ladder/imap-families.ts';
import { POP3_CODES } from '../answers/ladder/pop3-families.ts';
import { SMTP_CODES } from '../answers/ladder/smtp-codes.ts';
import { SMTP_RANGES, type StatusRange } from '../answers/ladder/smtp-ranges.ts';
import { SMTP_REPLIES, SMTP_SUBJECTS } from '../answers/ladder/smtp-families.ts';
import { SMTP_DETAILS } from '../answers/ladder/smtp-details.ts';
import { EXAMPLES } from '../testing/exchange-lines.ts';
import { CATALOGUES } from '../words/catalogue.ts';
import { code, page, plain, table } from './markdown.ts';

const { owner: OWNER } = CATALOGUES.en.frame;

const AGAIN: Readonly<Record<Retry, string>> = {
  no: 'no',
  'back-off': 'soon, ever more rarely',
  user: 'after a sign-in',
  wait: 'after the time asked for',
};

const decided = ({ owner, items, retry }: Answer): string[] => [
  OWNER[owner],
  items.length > 0 ? items.join(', ') : 'no fault',
  AGAIN[retry],
];
const DECIDED = ['owner', 'checklist', 'again?'];

const MAIL: Readonly<Record<MailProtocol, string>> = {
  imap: 'IMAP (B), port 993',
  pop3: 'POP3 (C), port 995',
  smtp: 'SMTP (D), port 587',
};

/** The line as it is seen, or what shows it where no single line does. */
function seen({ row, sign }: ExchangeRow): string {
  const example = EXAMPLES.find((each) => each.row === row);
  if (example) return code(example.line);
  if (sign) return plain(sign.en);
  throw new Error(`row ${row} has neither an example line nor a sign`);
}

const exchangeTable = (protocol: MailProtocol): string =>
  table(
    ['row', 'what is seen', 'phase', 'meaning', 'what to do', ...DECIDED],
    EXCHANGE_ROWS.filter((each) => each.protocol === protocol).map((each) => [
      each.row,
      seen(each),
      each.phases.join(', '),
      plain(each.meaning.en),
      plain(each.remedy.en),
      ...decided(each),
    ]),
  );

const aadstsTable = (): string =>
  table(
    ['AADSTS', 'meaning', 'what to do', ...DECIDED],
    AADSTS_ROWS.map((each) => [
      each.codes.map((number) => `AADSTS${number}`).join(', '),
      plain(each.meaning.en),
      plain(each.action.en),
      ...decided(each),
    ]).toSorted((a, b) => numberOf(a) - numberOf(b)),
  );
/** The first number of a row, as people look it up. */
const numberOf = ([codes = '']: readonly string[]): number => Number(/\d+/.exec(codes)?.[0]);

const oauthTable = (word: string, rows: readonly (readonly [string, OAuthErrorRow])[]): string =>
  table(
    [word, 'meaning', 'what to do', ...DECIDED],
    rows.map(([name, each]) => [code(name), plain(each.meaning.en), plain(each.action.en), ...decided(each)]),
  );

const INTRO = [
  '# What Exchange Online and Entra ID answer',
  '<!-- Written by npm run docs:causes from libs/diagnosis; a spec compares it. Change the tables in src/answers, not this page. -->',
  'The answers that Mailpath knows, with what stands behind them for mail of ECE. A finding that rests on one shows the line itself and uses these words. The causes around them are in [causes.md](causes.md).',
];

const told = (each: Answer & { meaning: Bilingual; action: Bilingual }): string[] => [
  plain(each.meaning.en),
  plain(each.action.en),
  ...decided(each),
];

const spanOf = ({ class: kind, subject, details: [from, to] }: StatusRange): string =>
  `${kind}.${subject}.${from === to ? from : `${from}–${to}`}`;

/** What is said where no row knows an answer: by its code, by its family, by its step. */
const LADDER = [
  '## The ladder: an answer that no row has',
  'Every answer is told by the most exact rung that knows it, and its words say no more than that rung: (1) a number or code with its text, and (2) the number or code alone, are as sure as the rule; (3) the family is *likely* at the most; (4) the step is *possible*: "the server refused here, in these words", with no remedy and nobody blamed whom an earlier step has cleared. Text comes before number, number before the OAuth word beside it. What stands in brackets in an answer of Exchange Online (server names, traces) is not read. An answer that promises to pass by itself is no longer believed when it has come three rounds in a row.',
];

const families = (): string[] => [
  '### Rung 2, SMTP: enhanced status codes by themselves, with text of any language',
  table(
    ['code', 'meaning', 'what to do', ...DECIDED, 'source'],
    [
      ...Object.entries(SMTP_CODES).map(([name, each]) => [code(name), ...told(each), plain(each.source)]),
      ...SMTP_RANGES.map((each) => [code(spanOf(each)), ...told(each), plain(each.source)]),
    ],
  ),
  'NDR: `MicrosoftDocs/SupportArticles-docs`, `Exchange/ExchangeOnline/email-delivery/ndr/non-delivery-reports-in-exchange-online.md`, and the page named beside it in the same folder. GK: unsourced, from general knowledge.',
  '### Rung 3, SMTP: the subject of an enhanced status code (RFC 3463), after a login',
  table(
    ['codes', 'meaning', 'what to do', 'at the greeting', 'at the login', 'afterwards'],
    Object.entries(SMTP_SUBJECTS).map(([subject, each]) => [
      code(`x.${subject}.y`),
      plain(each.meaning.en),
      plain(each.action.mailbox.en),
      ...(['greeting', 'login', 'mailbox'] as const).map(
        (step) => `${OWNER[each.owner[step]]}: ${each.items[step].join(', ')}`,
      ),
    ]),
  ),
  'Class 4 makes the owner Microsoft and the item X7, and asks to come again. A reply without such a code is told by its number: ' +
    Object.entries(SMTP_REPLIES)
      .map(([reply, subject]) => `${reply} as x.${subject}`)
      .join(', ') +
    '.',
  '### Rung 3, SMTP: details that say more than their subject (IANA; RFC 3463, 4954, 7505)',
  'Time heals none of these, so class 4 changes nothing.',
  table(
    ['codes', 'meaning', 'what to do', 'owner', 'items'],
    Object.entries(SMTP_DETAILS).map(([detail, each]) => [
      code(`x.${detail}`),
      plain(each.meaning.en),
      plain(each.action.en),
      OWNER[each.owner],
      each.items.join(', '),
    ]),
  ),
  '### Rung 3: the name of an Exchange exception, by the words in it',
  table(
    ['words', 'meaning', 'what to do', ...DECIDED],
    EXCEPTION_FAMILIES.map(({ parts, answer }) => [parts.map(code).join(', '), ...told(answer)]),
  ),
  '### Rung 3, IMAP: response codes (RFC 5530, RFC 9051)',
  table(
    ['response', 'meaning', 'what to do', ...DECIDED],
    Object.entries(IMAP_CODES).map(([name, each]) => [code(`[${name}]`), ...told(each)]),
  ),
  '### Rung 3, POP3: extended response codes (RFC 2449, RFC 3206, RFC 6856)',
  table(
    ['response', 'meaning', 'what to do', ...DECIDED],
    Object.entries(POP3_CODES).map(([name, each]) => [code(`[${name}]`), ...told(each)]),
  ),
  '### Rung 1, Entra ID: numbers that have several texts',
  table(
    ['words in the text', 'number', 'meaning', 'what to do', ...DECIDED],
    AADSTS_TEXT_ROWS.map(({ says, codes, ...each }) => [
      says.map(code).join(', '),
      codes.join(', '),
      ...told(each),
    ]),
  ),
  '### Rung 3, Entra ID: the family of a number',
  'By the beginning of the number (16xxx session, 28xxx scope, 50xxx account, 500xxx directory, 53xxx policy, 65xxx consent, 70xxx grant, 700xxx application, 80xxx on-premises, 81xxx browser, 90xxx request), or by words of its text where the beginning stands for several subjects.',
  table(
    ['family', 'meaning', 'what to do', ...DECIDED],
    Object.entries(FAMILY_ROWS).map(([name, each]) => [name, ...told(each)]),
  ),
];

/** `docs/answers.md`: the tables of answers. */
export function answersPage(): string {
  const mail = (['imap', 'pop3', 'smtp'] as const).flatMap((protocol) => [
    `## Exchange Online: ${MAIL[protocol]}`,
    exchangeTable(protocol),
  ]);
  return page([
    ...INTRO,
    ...mail,
    '## Entra ID: AADSTS numbers',
    'The number explains an answer; Microsoft may change what it stands for. Numbers in one row mean the same for mail.',
    aadstsTable(),
    '## Entra ID: the word in `error`',
    'Where there is no number, the word is asked: first `suberror`, then `error`, then the status of HTTP. Beside a number that nobody knows, a word says what kind of refusal it is, and no remedy.',
    oauthTable('error', Object.entries(OAUTH_ERRORS)),
    '## Entra ID: the word in `suberror`',
    oauthTable('suberror', Object.entries(OAUTH_SUBERRORS)),
    '## No word at all',
    oauthTable('answer', [
      ['HTTP 429', TOO_MANY_REQUESTS],
      ['HTTP 407, HTML, or no JSON', NOT_THE_SIGN_IN_HOST],
    ]),
    ...LADDER,
    ...families(),
  ]);
}
