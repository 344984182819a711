import { distinct } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const tlsFailed = defineRule({
  id: 'tls.failed',
  items: ['X6'],
  owner: 'network',
  after: ['throttled', 'tls.untrusted', 'tls.cut'],
  words: words<{ offered: string[] }>({
    en: {
      sentence: ({ places, offered }) =>
        `TCP to ${en.list(places)} opens, but what answers does not speak TLS 1.2 or later${offered.length > 0 ? `: it offers ${en.list(offered)}` : ''}.`,
      cause: () => 'Another service, or a proxy that downgrades TLS, answers on this port.',
      nextStep: (p) =>
        `Find out what answers on ${en.list(p.places)} for ${en.here(p)}; Microsoft 365 offers TLS 1.2 and 1.3.`,
    },
    ja: {
      sentence: ({ places, offered }) =>
        `${ja.list(places)} への TCP 接続は開きますが、応答する相手は TLS 1.2 以降に対応していません${offered.length > 0 ? ` (対応: ${ja.list(offered)})` : ''}。`,
      cause: () => '別のサービス、または TLS を古いバージョンに下げるプロキシがこのポートで応答しています。',
      nextStep: (p) =>
        `${ja.here(p)}に対して ${ja.list(p.places)} で何が応答しているかを調べてください。Microsoft 365 は TLS 1.2 と 1.3 を提供します。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'tls-below', version: '1.2', endpoint })),
  alike: { by: ({ evidence }) => (evidence.tlsOffered?.versions ?? []).join(' '), in: 'tls' },
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'tls' && failure.code !== 'internal',
    details: (results) => ({
      offered: distinct(results.flatMap(({ evidence }) => evidence.tlsOffered?.versions ?? [])),
    }),
  }),
});
