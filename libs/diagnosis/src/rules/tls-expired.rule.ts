import { isSitesOwn, type OutOfDates, outOfDatesIn } from '../evidence/certificates.ts';
import { certificateLines, outOfDates, presented } from '../evidence/handshakes.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

interface Details {
  issuer: string;
  /** Absent in what an older version stored, which told all of them as the place's own. */
  whose?: OutOfDates;
  /** The certificate that is out of its dates; the name alone, where it was not sent. */
  subject?: string;
  /** The place is one that the site runs itself. */
  sitesOwn?: boolean;
}

export const tlsExpired = defineRule({
  id: 'tls.expired',
  items: ['X6', 'X9'],
  owner: ({ sitesOwn, whose }) => (sitesOwn || whose === 'kept' ? 'server-administrator' : 'proxy'),
  words: words<Details>({
    en: {
      sentence: ({ places, issuer, whose, subject }) => {
        if (whose === 'sent')
          return `The certificate on ${en.list(places)} is within its dates, and ${subject}, which is sent with it, is not.`;
        return whose === 'kept'
          ? `The certificates that ${en.list(places)} sends are within their dates; the one that this machine keeps to check them by is not (${subject}).`
          : `The certificate on ${en.list(places)} is out of its dates (issuer ${issuer}).`;
      },
      cause: ({ whose, sitesOwn }) => {
        if (whose === 'kept')
          return "An expired certificate in this machine's store stands in place of its successor; or this server's clock is wrong.";
        return sitesOwn
          ? "Either this server's clock is wrong, or the certificate of the site's own web server, or of a device in front of it, has run out."
          : "Either this server's clock is wrong, or something that inspects TLS on the path presents a certificate of its own that has run out; Microsoft's do not.";
      },
      nextStep: (p) => {
        const clock = `Compare the clock of ${en.here(p)} with a time source; if it is right, `;
        if (p.whose === 'kept')
          return `${clock}take the expired ${p.subject} out of the store of ${en.here(p)} and update its trusted roots.`;
        return p.sitesOwn
          ? `${clock}let the administrator of ${en.list(p.places)} renew the certificate and the chain that is sent with it.`
          : `${clock}show issuer and dates to the proxy team.`;
      },
    },
    ja: {
      sentence: ({ places, issuer, whose, subject }) => {
        if (whose === 'sent')
          return `${ja.list(places)} の証明書は有効期間内ですが、一緒に送られる ${subject} が有効期間外です。`;
        return whose === 'kept'
          ? `${ja.list(places)} が送る証明書は有効期間内ですが、検証に使うこのマシンのストアの証明書 (${subject}) が有効期間外です。`
          : `${ja.list(places)} の証明書が有効期間外です (発行者 ${issuer})。`;
      },
      cause: ({ whose, sitesOwn }) => {
        if (whose === 'kept')
          return 'このマシンのストアに、後継の証明書ではなく期限切れの証明書があります。または、このサーバーの時計が誤っています。';
        return sitesOwn
          ? 'このサーバーの時計が誤っているか、サイト自身の Web サーバー、またはその前段の機器の証明書が期限切れです。'
          : 'このサーバーの時計が誤っているか、途中で TLS を復号する機器が期限切れの独自の証明書を提示しています。Microsoft の証明書が期限切れになることはありません。';
      },
      nextStep: (p) => {
        const clock = `${ja.here(p)}の時計を時刻源と比較し、正しい場合は`;
        if (p.whose === 'kept')
          return `${clock}期限切れの ${p.subject} をストアから削除し、信頼されたルートを更新してください。`;
        return p.sitesOwn
          ? `${clock} ${ja.list(p.places)} の担当に、一緒に送られる証明書を含めた更新を依頼してください。`
          : `${clock}発行者と有効期間をプロキシ担当に伝えてください。`;
      },
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'untrusted', endpoint })),
  alike: {
    by: (result) => {
      const { whose, subject } = outOfDatesIn(result);
      return whose === 'own' ? presented(result).issuer : `${whose} ${subject}`;
    },
  },
  find: eachResult({
    applies: outOfDates,
    details: ([first], context) => ({
      issuer: presented(first).issuer,
      ...outOfDatesIn(first),
      sitesOwn: isSitesOwn(first, context),
    }),
    evidence: certificateLines,
  }),
});
