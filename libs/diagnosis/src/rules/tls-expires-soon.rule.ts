import { isSitesOwn, leaf, trustedAt } from '../evidence/certificates.ts';
import { endpointOf } from '../look.ts';
import { defineRule, endpointPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const SOON_MS = 14 * 24 * 3_600_000;

export const tlsExpiresSoon = defineRule({
  id: 'tls.expires-soon',
  phase: 'tls',
  items: ['X6'],
  owner: ({ spread, sitesOwn }) => {
    if (sitesOwn) return 'server-administrator';
    return spread === 'all' ? 'microsoft' : 'proxy';
  },
  confidence: ({ sitesOwn }) => (sitesOwn ? 'certain' : 'possible'),
  comparesOnly: true,
  words: words<{ until: string; issuer: string; sitesOwn?: boolean }>({
    en: {
      sentence: ({ places, until, issuer }) =>
        `The certificate on ${en.list(places)} runs out on ${until} (issuer ${issuer}).`,
      cause: (p) =>
        p.sitesOwn
          ? 'It is the certificate of a place that the site runs itself, and nobody has renewed it yet.'
          : `Microsoft renews its certificates long before.${en.ifLocal(p, 'Siblings are given another one, so a device on the path of this server presents its own.')}`,
      nextStep: (p) =>
        p.sitesOwn
          ? `Let the administrator of ${en.list(p.places)} renew the certificate before ${p.until}.`
          : `Show issuer and date to the administrator of the proxy or firewall between ${en.here(p)} and Microsoft.`,
    },
    ja: {
      sentence: ({ places, until, issuer }) =>
        `${ja.list(places)} の証明書は ${until} に期限切れになります (発行者 ${issuer})。`,
      cause: (p) =>
        p.sitesOwn
          ? 'サイト自身が運用する接続先の証明書で、まだ更新されていません。'
          : `Microsoft は証明書を十分前もって更新します。${ja.ifLocal(p, 'ほかのサーバーは別の証明書を受け取っているため、このサーバーの経路上の機器が独自の証明書を提示しています。')}`,
      nextStep: (p) =>
        p.sitesOwn
          ? `${ja.list(p.places)} の担当に、${p.until} までに証明書を更新するよう依頼してください。`
          : `${ja.here(p)}と Microsoft の間のプロキシまたはファイアウォールの担当に、発行者と期限を伝えてください。`,
    },
  }),
  claims: ({ places, until, issuer }) => [
    { claim: 'shown', what: 'valid-until', value: until, endpoints: places },
    { claim: 'shown', what: 'issuer', value: issuer, endpoints: places },
  ],
  alike: { by: (result) => leaf(result)?.issuer ?? '' },
  find: (context) => {
    const near = trustedAt(context.server).filter(
      (result) => Date.parse(leaf(result)?.validTo ?? '') - Date.parse(result.startedAt) < SOON_MS,
    );
    return [...Map.groupBy(near, endpointOf)].flatMap(([place, results]) => {
      const [first] = results;
      const certificate = first && leaf(first);
      if (!certificate) return [];
      return [
        {
          about: place,
          part: endpointPart(first),
          results,
          weighAs: 'warn',
          evidence: [`${place}: ${certificate.subject}; ${certificate.validFrom} to ${certificate.validTo}`],
          details: {
            until: certificate.validTo.slice(0, 10),
            issuer: certificate.issuer,
            sitesOwn: isSitesOwn(first, context),
          },
        },
      ];
    });
  },
});
