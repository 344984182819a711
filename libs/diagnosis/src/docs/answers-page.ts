import { AADSTS_ROWS, type Answer, type Retry } from '@mailpath/protocol';
import { EXCHANGE_ROWS, type ExchangeRow, type MailProtocol } from '../answers/exchange-table.ts';
import {
  NOT_THE_SIGN_IN_HOST,
  OAUTH_ERRORS,
  type OAuthErrorRow,
  TOO_MANY_REQUESTS,
} from '../answers/oauth-error-table.ts';
import { OAUTH_SUBERRORS } from '../answers/oauth-suberror-table.ts';
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
  'The answers that Mailpath knows, with what stands behind them for mail of ECE. A finding that rests on one shows the line itself and uses these words; one that is not here is shown as it came. The causes around them are in [causes.md](causes.md).',
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
    'Where the number is not known, the word beside it is asked: first `suberror`, then `error`, then the status of HTTP.',
    oauthTable('error', Object.entries(OAUTH_ERRORS)),
    '## Entra ID: the word in `suberror`',
    oauthTable('suberror', Object.entries(OAUTH_SUBERRORS)),
    '## No word at all',
    oauthTable('answer', [
      ['HTTP 429', TOO_MANY_REQUESTS],
      ['HTTP 407, HTML, or no JSON', NOT_THE_SIGN_IN_HOST],
    ]),
  ]);
}
