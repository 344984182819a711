import { TOKEN_RESOURCE } from '@mailpath/protocol';
import { byClaims } from '../evidence/claims.ts';
import { distinct } from '../look.ts';
import { defineRule } from '../rule.ts';
import { words } from '../words/told.ts';

/** Exchange Online's own application id, and its names in every cloud. */
const EXCHANGE = distinct([
  '00000002-0000-0ff1-ce00-000000000000',
  ...Object.values(TOKEN_RESOURCE).flatMap(({ delegated, application }) => [delegated, application]),
]);

/** An opaque token does not say whom it is for. */
export const isForExchange = (aud: string | null): boolean =>
  aud === null || EXCHANGE.includes(aud.replace(/\/$/, '').toLowerCase());

export const tokenAudience = defineRule({
  id: 'token.audience',
  items: ['X2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  words: words<{ audience: string }>({
    en: {
      sentence: ({ audience }) => `The token is for ${audience}, and not for Exchange Online.`,
      cause: () =>
        'The scopes that were asked for belong to another service, most often Microsoft Graph; the mail servers take no such token.',
      nextStep: () =>
        'Ask for the scopes of Outlook (https://outlook.office.com/IMAP.AccessAsUser.All, POP.AccessAsUser.All, SMTP.Send) in ECE and make the token again.',
    },
    ja: {
      sentence: ({ audience }) => `トークンの対象は ${audience} で、Exchange Online ではありません。`,
      cause: () =>
        '要求したスコープが別のサービス (多くは Microsoft Graph) のものです。メール サーバーはこのトークンを受け入れません。',
      nextStep: () =>
        'ECE で Outlook のスコープ (https://outlook.office.com/IMAP.AccessAsUser.All、POP.AccessAsUser.All、SMTP.Send) を指定し、トークンを作り直してください。',
    },
  }),
  find: byClaims(({ aud }) =>
    aud === null || isForExchange(aud)
      ? null
      : { about: aud, said: `aud ${aud}`, details: { audience: aud } },
  ),
});
