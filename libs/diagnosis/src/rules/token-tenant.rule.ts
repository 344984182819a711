import { byClaims } from '../evidence/claims.ts';
import { defineRule } from '../rule.ts';
import { tenantOfIssuer } from '../sign-in/identity.ts';
import { sameUser } from '../sign-in/sign-in.ts';
import { words } from '../words/told.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const tokenTenant = defineRule({
  id: 'token.tenant',
  items: ['X3'],
  owner: 'ece-administrator',
  confidence: 'certain',
  ofTenant: true,
  words: words<{ tenant: string; expected: string }>({
    en: {
      sentence: ({ tenant, expected }) =>
        `The token comes from the tenant ${tenant}, and ${expected} is expected.`,
      cause: () =>
        'The sign-in went to another directory: an account of another tenant, or an authority URL with the wrong tenant id.',
      nextStep: ({ expected }) =>
        `Put the tenant ${expected} into the authorization and token URLs of ECE, and sign in with an account of it.`,
    },
    ja: {
      sentence: ({ tenant, expected }) =>
        `トークンはテナント ${tenant} のものですが、${expected} である必要があります。`,
      cause: () =>
        '別のディレクトリにサインインしています。別テナントのアカウント、または URL のテナント ID の誤りが考えられます。',
      nextStep: ({ expected }) =>
        `ECE の認可 URL とトークン URL にテナント ${expected} を設定し、そのテナントのアカウントでサインインしてください。`,
    },
  }),
  find: byClaims(({ tid, iss }, _, { site: { facts } }) => {
    const tenant = tid ?? tenantOfIssuer(iss);
    if (tenant === null || facts.tenant === undefined || !GUID.test(facts.tenant)) return null;
    return sameUser(tenant, facts.tenant)
      ? null
      : {
          about: tenant,
          said: tid === null ? `iss ${iss}` : `tid ${tid}`,
          details: { tenant, expected: facts.tenant },
        };
  }),
});
