import type { Language } from '@mailpath/protocol';
import { escaped } from '@mailpath/terminal';
import { personPage } from '../../platform/http/person-page.ts';
import type { Refusal } from '../../platform/refusal.ts';
import type { Reason } from './refusal.ts';
import { notSignedIn } from './refusals.ts';

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly groups: string;
  readonly appRoles: string;
  readonly none: string;
  readonly again: string;
}

const WORDS: Record<Language, Omit<Words, 'lead'>> = {
  en: {
    title: 'Not signed in to Mailpath',
    groups: 'Groups that came',
    appRoles: 'App roles that came',
    none: 'none',
    again: 'To the sign-in page',
  },
  ja: {
    title: 'Mailpath にサインインできませんでした',
    groups: '届いたグループ',
    appRoles: '届いたアプリ ロール',
    none: 'なし',
    again: 'サインイン ページへ',
  },
};

/** The page of a person who was not signed in. `home` is the address of Mailpath. */
export function refusalPage(reason: Reason, language: Language, home: string): string {
  const words = WORDS[language];
  const refusalOf = notSignedIn[reason.why] as (reason: Reason) => Refusal;
  const list = (title: string, items: readonly string[]): string =>
    `<h2>${title}</h2>\n<ul>${(items.length > 0 ? items : [words.none]).map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>\n`;
  const came =
    reason.why === 'no-role' ? list(words.groups, reason.groups) + list(words.appRoles, reason.appRoles) : '';
  return personPage(
    language,
    words.title,
    `<p>${escaped(refusalOf(reason).words[language])}</p>\n${came}<p><a href="${escaped(home)}/">${words.again}</a></p>`,
  );
}
