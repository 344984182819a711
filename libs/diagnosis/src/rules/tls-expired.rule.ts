import { certificateLines, outOfDates, presented } from '../evidence/handshakes.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const tlsExpired = defineRule({
  id: 'tls.expired',
  items: ['X6', 'X9'],
  owner: 'proxy',
  words: words<{ issuer: string }>({
    en: {
      sentence: ({ places, issuer }) =>
        `The certificate on ${en.list(places)} is out of its dates (issuer ${issuer}).`,
      cause: () =>
        "Either this server's clock is wrong, or something that inspects TLS on the path presents a certificate of its own that has run out; Microsoft's do not.",
      nextStep: (p) =>
        `Compare the clock of ${en.here(p)} with a time source; if it is right, show issuer and dates to the proxy team.`,
    },
    ja: {
      sentence: ({ places, issuer }) => `${ja.list(places)} の証明書が有効期間外です (発行者 ${issuer})。`,
      cause: () =>
        'このサーバーの時計が誤っているか、途中で TLS を復号する機器が期限切れの独自の証明書を提示しています。Microsoft の証明書が期限切れになることはありません。',
      nextStep: (p) =>
        `${ja.here(p)}の時計を時刻源と比較し、正しい場合は発行者と有効期間をプロキシ担当に伝えてください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'untrusted', endpoint })),
  alike: { by: (result) => presented(result).issuer },
  find: eachResult({
    applies: outOfDates,
    details: ([first]) => ({ issuer: presented(first).issuer }),
    evidence: certificateLines,
  }),
});
