import type { CheckResult } from '@mailpath/protocol';
import { deniedAs, refused } from '../evidence/token-refusals.ts';
import type { RuleContext } from '../look.ts';
import { defineRule } from '../rule.ts';
import { claimsOf, userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

/** The tenants that are known: the one that is entered, and the one that the newest token was issued by. */
interface Tenants {
  entered: string | null;
  ofToken: string | null;
}

/** A grant is bound to the tenant that issued it: made again in the same manner, it is refused again. */
export const tokenOtherTenantGrant = defineRule({
  id: 'token.other-tenant-grant',
  items: ['X3'],
  owner: 'ece-administrator',
  confidence: (p) => byRung(p, 'certain'),
  ofTenant: true,
  after: ['token.redirect'],
  words: words<Refusal & Tenants>({
    en: {
      sentence: (p) => `The grant of ${en.list(p.mailboxes)} was made in another tenant${en.said(p)}`,
      cause: (p) =>
        [
          en.meaning(p, 'Authorization URL and token URL name different tenants.'),
          ...(p.answer?.rung === 'family'
            ? []
            : [
                'The two URLs in ECE name different tenants, or one of them says common and the account is at home elsewhere.',
              ]),
          ...(p.entered === null ? [] : [`The tenant that is entered for the site is ${p.entered}.`]),
          ...(p.ofToken === null ? [] : [`The newest token came from the tenant ${p.ofToken}.`]),
        ].join(' '),
      nextStep: ({ answer, entered }) =>
        answer?.rung === 'family'
          ? answer.action.en
          : `Put ${entered === null ? 'the same tenant ID' : `the tenant ${entered}`} into the authorization URL and the token URL of ECE, then create the token again.`,
    },
    ja: {
      sentence: (p) => `${ja.list(p.mailboxes)} の許可は別のテナントで作成されています${ja.said(p)}。`,
      cause: (p) =>
        [
          ja.meaning(p, '認可 URL とトークン URL のテナントが異なります。'),
          ...(p.answer?.rung === 'family'
            ? []
            : [
                'ECE の 2 つの URL が異なるテナントを指しているか、一方が common で、アカウントが別のテナントに属しています。',
              ]),
          ...(p.entered === null ? [] : [`サイトに登録されているテナントは ${p.entered} です。`]),
          ...(p.ofToken === null ? [] : [`最新のトークンはテナント ${p.ofToken} が発行したものです。`]),
        ].join(''),
      nextStep: ({ answer, entered }) =>
        answer?.rung === 'family'
          ? answer.action.ja
          : `ECE の認可 URL とトークン URL に${entered === null ? '同じテナント ID' : `テナント ${entered} `}を指定してから、トークンを作成し直してください。`,
    },
  }),
  find: (context) =>
    refused(
      deniedAs('token.other-tenant-grant'),
      userFor,
    )(context).map((clue) => ({
      ...clue,
      details: { ...clue.details, ...tenantsOf(clue.results, context) },
    })),
});

const tenantsOf = ([first]: readonly CheckResult[], context: RuleContext): Tenants => ({
  entered: context.site.facts.tenant ?? null,
  ofToken: (first && claimsOf(first, context)?.tid) ?? null,
});
