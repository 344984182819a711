import type { CheckResult } from '@mailpath/protocol';
import { distinct, endpointOf } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/**
 * How a handshake failed, by what OpenSSL says of it: `version`, no version from 1.2 on is spoken; `not-tls`, what came
 * is no TLS at all; `name`, the other end does not know the host that was asked for; `client`, it lets only clients in
 * that show a certificate; `other`, anything else, of which no more is known than its words.
 */
type Why = 'version' | 'not-tls' | 'name' | 'client' | 'other';

/** Alerts of RFC 8446, section 6, and errors of OpenSSL's own, in lower case and with blanks. */
const SAYS: readonly (readonly [Why, readonly string[]])[] = [
  ['version', ['protocol version', 'unsupported protocol', 'no protocols available', 'version too low']],
  [
    'not-tls',
    ['wrong version number', 'packet length too long', 'http request', 'unknown protocol', 'bad record type'],
  ],
  ['name', ['unrecognized name']],
  ['client', ['certificate required', 'access denied', 'bad certificate', 'unknown ca']],
];

const offeredBy = ({ evidence }: CheckResult): readonly string[] => evidence.tlsOffered?.versions ?? [];
const isOld = (version: string): boolean => /^(?:SSLv|TLSv1$|TLSv1\.[01]$)/.test(version);

function whyOf(result: CheckResult): Why {
  const offered = offeredBy(result);
  if (offered.length > 0) return offered.every(isOld) ? 'version' : 'other';
  const said = (result.failure?.message ?? '').toLowerCase().replaceAll('_', ' ');
  return SAYS.find(([, texts]) => texts.some((each) => said.includes(each)))?.[0] ?? 'other';
}

/** What OpenSSL said: the end of the failure's own sentence. */
const wordsOf = ({ failure }: CheckResult, place: string): string =>
  (failure?.message ?? '').slice(0, 200).replace(place, '').trim();

interface Details {
  offered: string[];
  /** A finding that an older version stored has none: it spoke of versions alone. */
  why?: Why;
  said?: string;
}

export const tlsFailed = defineRule({
  id: 'tls.failed',
  items: ['X6'],
  owner: 'network',
  confidence: ({ why }) => (why === 'other' ? 'possible' : 'likely'),
  after: ['throttled', 'tls.untrusted', 'tls.cut'],
  words: words<Details>({
    en: {
      sentence: ({ places, offered, why = 'version', said = '' }) =>
        ({
          version: `TCP to ${en.list(places)} opens, but what answers does not speak TLS 1.2 or later${offered.length > 0 ? `: it offers ${en.list(offered)}` : ''}.`,
          'not-tls': `TCP to ${en.list(places)} opens, and what answers is no TLS.`,
          name: `What answers TLS on ${en.list(places)} does not know that name (alert unrecognized name).`,
          client: `What answers TLS on ${en.list(places)} refuses a client that shows no certificate.`,
          other: `TLS on ${en.list(places)} fails: ${said}`,
        })[why],
      cause: ({ why = 'version' }) =>
        ({
          version: 'Another service, or a proxy that downgrades TLS, answers on this port.',
          'not-tls': 'Another service answers on this port in clear text, such as a proxy or a portal.',
          name: 'A proxy or load balancer that sorts connections by name answers, and has no rule for this one; or a filter refuses the name.',
          client:
            'Microsoft 365 asks no client for a certificate: a gateway on the path answers in its place.',
          other:
            'The other end or a device on the path ended the handshake; which of them, its words do not say.',
        })[why],
      nextStep: (p) =>
        p.why === 'other'
          ? `Compare the handshake on ${en.list(p.places)} from ${en.here(p)} with that of a server that works (openssl s_client -connect), and look for it in the log of the firewall.`
          : `Find out what answers on ${en.list(p.places)} for ${en.here(p)}; Microsoft 365 offers TLS 1.2 and 1.3.`,
    },
    ja: {
      sentence: ({ places, offered, why = 'version', said = '' }) =>
        ({
          version: `${ja.list(places)} への TCP 接続は開きますが、応答する相手は TLS 1.2 以降に対応していません${offered.length > 0 ? ` (対応: ${ja.list(offered)})` : ''}。`,
          'not-tls': `${ja.list(places)} への TCP 接続は開きますが、応答は TLS ではありません。`,
          name: `${ja.list(places)} で TLS に応答する相手は、その名前を認識しません (alert unrecognized name)。`,
          client: `${ja.list(places)} で TLS に応答する相手は、証明書を提示しないクライアントを拒否します。`,
          other: `${ja.list(places)} の TLS が失敗します: ${said}`,
        })[why],
      cause: ({ why = 'version' }) =>
        ({
          version: '別のサービス、または TLS を古いバージョンに下げるプロキシがこのポートで応答しています。',
          'not-tls': 'プロキシやポータルなど、別のサービスがこのポートで平文で応答しています。',
          name: '名前で接続を振り分けるプロキシまたはロード バランサーが応答し、この名前の規則がないか、フィルターが名前を拒否しています。',
          client:
            'Microsoft 365 はクライアントに証明書を要求しません。経路上のゲートウェイが代わりに応答しています。',
          other:
            '相手または経路上の機器がハンドシェイクを終了しました。どちらであるかは応答からは分かりません。',
        })[why],
      nextStep: (p) =>
        p.why === 'other'
          ? `${ja.here(p)}からの ${ja.list(p.places)} のハンドシェイクを正常なサーバーのものと比較し (openssl s_client -connect)、ファイアウォールのログを確認してください。`
          : `${ja.here(p)}に対して ${ja.list(p.places)} で何が応答しているかを調べてください。Microsoft 365 は TLS 1.2 と 1.3 を提供します。`,
    },
  }),
  claims: ({ places, why = 'version' }) =>
    places.map((endpoint) =>
      why === 'version'
        ? { claim: 'tls-below', version: '1.2', endpoint }
        : { claim: 'handshake-fails', endpoint },
    ),
  alike: { by: (result) => [whyOf(result), ...offeredBy(result)].join(' '), in: 'tls' },
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'tls' && failure.code !== 'internal',
    about: (result) => `${endpointOf(result)}${whyOf(result) === 'version' ? '' : ` ${whyOf(result)}`}`,
    details: (results): Details => ({
      offered: distinct(results.flatMap(offeredBy)),
      why: whyOf(results[0]),
      said: wordsOf(results[0], endpointOf(results[0])),
    }),
  }),
});
