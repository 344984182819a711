import { byClaims } from '../evidence/claims.ts';
import { defineRule } from '../rule.ts';
import { sameUser } from '../sign-in/sign-in.ts';
import { words } from '../words/told.ts';

export const tokenOtherApplication = defineRule({
  id: 'token.other-application',
  items: ['X3', 'C3'],
  owner: 'ece-administrator',
  confidence: 'certain',
  ofTenant: true,
  words: words<{ application: string; expected: string }>({
    en: {
      sentence: ({ application, expected }) =>
        `The token was made for the application ${application}, and ${expected} is expected.`,
      cause: () => 'Another client id than the registered one is used.',
      nextStep: ({ expected }) => `Enter the client id ${expected} in ECE and make the token again.`,
    },
    ja: {
      sentence: ({ application, expected }) =>
        `トークンはアプリケーション ${application} のものですが、${expected} である必要があります。`,
      cause: () => '登録したものとは別のクライアント ID が使われています。',
      nextStep: ({ expected }) =>
        `ECE にクライアント ID ${expected} を設定し、トークンを作り直してください。`,
    },
  }),
  find: byClaims(({ appid }, _, { site: { facts } }) =>
    appid === null || facts.clientId === undefined || sameUser(appid, facts.clientId)
      ? null
      : { about: appid, said: `appid ${appid}`, details: { application: appid, expected: facts.clientId } },
  ),
});
