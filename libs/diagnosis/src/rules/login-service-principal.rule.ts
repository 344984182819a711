import type { CheckResult } from '@mailpath/protocol';
import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import type { RuleContext } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import { applicationClaims } from '../sign-in/identity.ts';
import { knownAnswer, mailboxOf, PROTOCOL_NAME, refusal } from '../sign-in/sign-in.ts';
import { each } from '../words/commands.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { isLocal, type Refusal, type Told, words } from '../words/told.ts';

/** What Exchange must know an application by; null for what the token does not say. */
interface Application {
  appId: string | null;
  /** Object ID of the enterprise application: the token's `oid`. */
  objectId: string | null;
}

/**
 * The application's token is good and opens nothing: Exchange does not know its service principal, or gives it no
 * right.
 */
export const loginServicePrincipal = defineRule({
  id: 'login.service-principal',
  items: ['C8'],
  owner: 'exchange',
  confidence: (told) => (isLocal(told) || told.answer === null ? 'possible' : 'likely'),
  ofTenant: true,
  after: ['token.app-role', 'smtp.refused-alone', 'mailbox.no-log-on'],
  words: words<Refusal & Application>({
    en: {
      sentence: (p) =>
        `${en.list(p.protocols)} knows the application, but it does not get into ${en.list(p.mailboxes)}${en.said(p)}`,
      cause: (p) =>
        `The token is the application’s own, and no user’s. Its service principal is not registered in Exchange Online with the object ID of the enterprise application (that of the app registration is another), it has no ${en.list(rights(p))} on the mailbox, or the protocol is off for the mailbox.${p.objectId === null ? '' : ` The token names the object ID ${p.objectId}.`}`,
      nextStep: (p) =>
        `Compare ObjectId with ${p.objectId ?? 'the object ID of the enterprise application in Entra ID'}, register it where it is missing, give ${en.list(rights(p))} to it, and see that the protocol is on:\nGet-ServicePrincipal | fl AppId,ObjectId,SID\n${register(p)}\n${each(p.mailboxes, commands(p))}`,
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.protocols)} はアプリケーションを認識しますが、${ja.list(p.mailboxes)} を開けません${ja.said(p)}。`,
      cause: (p) =>
        `トークンはユーザーのものではなく、アプリケーション自身のものです。サービス プリンシパルがエンタープライズ アプリケーションのオブジェクト ID (アプリの登録のものとは異なります) で Exchange Online に登録されていないか、メールボックスへの ${ja.list(rights(p))} がないか、メールボックスのプロトコルが無効です。${p.objectId === null ? '' : `トークンのオブジェクト ID は ${p.objectId} です。`}`,
      nextStep: (p) =>
        `ObjectId を ${p.objectId ?? 'Entra ID のエンタープライズ アプリケーションのオブジェクト ID'} と比較し、登録がなければ登録し、${ja.list(rights(p))} を付与して、プロトコルが有効であることを確認してください:\nGet-ServicePrincipal | fl AppId,ObjectId,SID\n${register(p)}\n${each(p.mailboxes, commands(p))}`,
    },
  }),
  find: eachResult({
    applies: (result, context) =>
      (deniedIn(result, 'authenticate') || deniedIn(result, 'open-mailbox')) &&
      applicationClaims(result, context) !== null &&
      isOfRights(result, context),
    about: mailboxOf,
    part: mailboxPart,
    details: (results, context) => {
      const claims = applicationClaims(results[0], context);
      return {
        ...refusal(results, context),
        appId: claims?.appid ?? null,
        objectId: claims?.oid ?? null,
      };
    },
    evidence: loginLines,
    more: known,
  }),
});

/** Not where the answer says something else in known words, such as that SMTP AUTH is off. */
function isOfRights(result: CheckResult, context: RuleContext): boolean {
  const items = knownAnswer(result, context)?.items ?? ['C8'];
  return items.includes('C8') || items.includes('C5');
}

type Spoken = Pick<Told, 'protocols'>;
const sends = ({ protocols }: Spoken): boolean => protocols.includes(PROTOCOL_NAME.smtp);
/** What it needs on a mailbox; to send as one it is opened as well. */
const rights = (p: Spoken): string[] => ['FullAccess', ...(sends(p) ? ['SendAs'] : [])];

/** By SMTP the application sends as the mailbox, and by the others it opens it: rights and switches are different. */
const commands =
  (p: Application & Spoken) =>
  (mailbox: string): string => {
    const who = p.objectId ?? '<service principal>';
    const opens = p.protocols.some((each) => each !== PROTOCOL_NAME.smtp);
    const switches = [
      ...(opens ? ['ImapEnabled', 'PopEnabled'] : []),
      ...(sends(p) ? ['SmtpClientAuthenticationDisabled'] : []),
    ];
    return [
      `Add-MailboxPermission ${mailbox} -User ${who} -AccessRights FullAccess`,
      ...(sends(p)
        ? [`Add-RecipientPermission ${mailbox} -Trustee ${who} -AccessRights SendAs -Confirm:$false`]
        : []),
      `Get-CASMailbox ${mailbox} | fl ${switches.join(',')}`,
    ].join('; ');
  };

const register = ({ appId, objectId }: Application): string =>
  `New-ServicePrincipal -AppId ${appId ?? '<client ID>'} -ObjectId ${objectId ?? '<object ID of the enterprise application>'}`;
