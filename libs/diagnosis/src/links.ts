import {
  type Bilingual,
  type Finding,
  type FindingLink,
  type Language,
  type LinkedFinding,
  STATEMENTS_URL,
} from '@mailpath/protocol';
import type { RuleId } from './rules.ts';

interface Page {
  readonly title: Bilingual;
  readonly url: string;
}

const ANALYZER: Page = {
  title: {
    en: 'Microsoft: Remote Connectivity Analyzer, the same sign-in as seen from Microsoft',
    ja: 'Microsoft: Remote Connectivity Analyzer (Microsoft 側から同じサインインを確認)',
  },
  url: 'https://testconnectivity.microsoft.com/tests/o365',
};
const SMTP_AUTH: Page = {
  title: {
    en: 'Microsoft: authenticated SMTP submission is off, and how to turn it on',
    ja: 'Microsoft: SMTP AUTH が無効になっている場合に有効にする方法',
  },
  url: 'https://aka.ms/smtp_auth_disabled',
};
const CONCURRENT: Page = {
  title: {
    en: 'Microsoft: how many connections may send at the same time',
    ja: 'Microsoft: 同時に送信できる接続数の上限',
  },
  url: 'https://aka.ms/concurrent_sending',
};
const BASIC_ENDS: Page = {
  title: {
    en: 'Microsoft: when basic authentication for SMTP ends',
    ja: 'Microsoft: SMTP の基本認証が終了する時期',
  },
  url: 'https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835',
};
const CISCO: Page = {
  title: {
    en: 'Cisco: the document that the statements are of',
    ja: 'Cisco: 項目の出典となるドキュメント',
  },
  url: STATEMENTS_URL,
};

/** What can be read of a cause, by its rule. Every page is Microsoft's own. */
const PAGES: Partial<Record<RuleId, readonly Page[]>> = {
  'smtp.auth-off': [SMTP_AUTH, BASIC_ENDS],
  'smtp.refused-alone': [ANALYZER],
  'pop3.refused-alone': [ANALYZER],
  'login.token-refused': [ANALYZER],
  'login.unavailable': [ANALYZER],
  'mailbox.refused': [ANALYZER],
  'mailbox.no-log-on': [ANALYZER],
};

/** Pages that the other end names in its own answer. */
const NAMED: readonly Page[] = [SMTP_AUTH, CONCURRENT];

/** Microsoft's page of a number of Entra ID. */
const numberPage = (number: string): Page => ({
  title: { en: `Microsoft: what AADSTS${number} means`, ja: `Microsoft: AADSTS${number} の説明` },
  url: `https://login.microsoftonline.com/error?code=${number}`,
});

/**
 * Where Microsoft and Cisco write of it, in that language: the page of the error first, Cisco's document last. None for
 * a finding of Mailpath itself.
 */
export function linksOf(
  { rule, evidence, statements }: Pick<Finding, 'rule' | 'evidence' | 'statements'>,
  language: Language,
): FindingLink[] {
  const said = evidence.join('\n');
  const numbers = new Set([...said.matchAll(/\bAADSTS(\d{4,9})\b/g)].map(([, number = '']) => number));
  const pages = [
    ...[...numbers].map(numberPage),
    ...NAMED.filter(({ url }) => said.includes(url)),
    ...((PAGES as Readonly<Record<string, readonly Page[]>>)[rule] ?? []),
    ...(statements.length > 0 ? [CISCO] : []),
  ];
  return [...new Set(pages)].map(({ title, url }) => ({ title: title[language], url }));
}

/** Findings as a document for other programs has them. */
export const withLinks = (findings: readonly Finding[], language: Language): LinkedFinding[] =>
  findings.map((finding) => ({ ...finding, links: linksOf(finding, language) }));
