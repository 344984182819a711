import type { CheckResult } from '@mailpath/protocol';
import { known, loginLines, mailboxPart, refusedForGood } from '../evidence/logins.ts';
import { censusOf } from '../census.ts';
import { getsThrough, type RuleContext } from '../look.ts';
import { denials } from '../sign-in/denials.ts';
import { defineRule, eachResult } from '../rule.ts';
import { refusal, userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { each } from '../words/commands.ts';
import { isChangedOnPath, isLocal, type Refusal, words } from '../words/told.ts';

const sameCredential = (result: CheckResult, context: RuleContext): boolean =>
  result.evidence.login?.credential !== undefined &&
  credentialsThrough(context, result.evidence.login.credential).size > 0;

/** Credentials, by their digest, that came through. */
const credentialsThrough = censusOf<true>((result) => {
  const credential = result.evidence.login?.credential;
  return getsThrough(result) && credential !== undefined ? [[credential, true]] : [];
});

/** A refusal of the token as such, without a reason: the first thing to look at is whose it is. */
const ofToken = ({ answer }: Refusal): boolean => answer?.items === undefined || answer.items[0] === 'C5';
const saysOutright = (p: Refusal): boolean => p.answer?.rung !== undefined && !ofToken(p);
const look = (mailbox: string): string => `Get-CASMailbox ${mailbox}`;

export const loginTokenRefused = defineRule({
  id: 'login.token-refused',
  items: (told) => (isLocal(told) ? ['X4', 'X6', 'C10'] : ['C5', 'X2']),
  owner: (told) => (isLocal(told) ? 'entra' : 'ece-administrator'),
  // What a known answer says outright is surer than what a refusal without a reason may mean.
  confidence: (told) => (isLocal(told) || saysOutright(told) ? 'likely' : 'possible'),
  defers: true,
  after: [
    'token.guest',
    'token.expired',
    'smtp.refused-alone',
    'login.service-principal',
    'pop3.refused-alone',
  ],
  words: words<Refusal & { sameToken: boolean }>({
    en: {
      sentence: (p) => `${en.list(p.protocols)} refuses the token of ${en.list(p.mailboxes)}${en.said(p)}`,
      cause: (p) =>
        isLocal(p) && !isChangedOnPath(p)
          ? `${p.sameToken ? 'The very same token' : 'A token for the same account'} is accepted from ${en.list(p.witnesses)}: something between this server and Microsoft, or a policy by location (Conditional Access) that does not know this server’s public address.`
          : (p.answer && !ofToken(p) && !isChangedOnPath(p) ? en.meaning : en.because)(
              p,
              'The token as such is refused, before any mailbox is looked at: wrong user, audience, permission or tenant, or the protocol is switched off for the account.',
            ),
      nextStep: (p) =>
        isLocal(p) && !isChangedOnPath(p)
          ? `Compare public address and certificate chain of ${en.here(p)} with those of ${en.list(p.witnesses)}, and look for its sign-ins in the log of Entra ID.`
          : en.remedy(
              p,
              `Compare user, audience and scopes of the token with the mailbox, and see its protocol switches:\n${each(p.mailboxes, look)}`,
            ),
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.protocols)} が ${ja.list(p.mailboxes)} のトークンを拒否しています${ja.said(p)}。`,
      cause: (p) =>
        isLocal(p) && !isChangedOnPath(p)
          ? `${p.sameToken ? 'まったく同じトークン' : '同じアカウントのトークン'}が ${ja.list(p.witnesses)} からは受け入れられています。このサーバーと Microsoft の間の機器、またはこのサーバーのパブリック アドレスを許可していない場所のポリシー (条件付きアクセス) が原因です。`
          : (p.answer && !ofToken(p) && !isChangedOnPath(p) ? ja.meaning : ja.because)(
              p,
              'メールボックスを開く前に、トークン自体が拒否されています。ユーザー、対象、アクセス許可、テナントの誤り、またはアカウントでプロトコルが無効になっていることが考えられます。',
            ),
      nextStep: (p) =>
        isLocal(p) && !isChangedOnPath(p)
          ? `${ja.here(p)}のパブリック アドレスと証明書チェーンを ${ja.list(p.witnesses)} と比較し、Entra ID のサインイン ログでこのサーバーのサインインを確認してください。`
          : ja.remedy(
              p,
              `トークンのユーザー、対象、スコープをメールボックスと照合し、プロトコルの設定を確認してください:\n${each(p.mailboxes, look)}`,
            ),
    },
  }),
  claims: (p) => denials('authenticate', p),
  find: eachResult({
    applies: (result, context) => refusedForGood(result, 'authenticate', context),
    about: userFor,
    part: mailboxPart,
    details: (results, context) => ({
      ...refusal(results, context),
      sameToken: results.some((result) => sameCredential(result, context)),
    }),
    evidence: loginLines,
    more: known,
  }),
});
