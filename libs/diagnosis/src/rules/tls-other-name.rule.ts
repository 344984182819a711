import { certificateLines, distrustIs, presented } from '../evidence/handshakes.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const tlsOtherName = defineRule({
  id: 'tls.other-name',
  items: ['X6'],
  owner: 'network',
  words: words<{ subject: string }>({
    en: {
      sentence: ({ places, subject }) =>
        `The certificate on ${en.list(places)} is for another name (${subject}).`,
      cause: () =>
        'The name leads to a machine that is not the one asked for: a wrong DNS answer, hosts-file entry, NAT or proxy.',
      nextStep: (p) =>
        `Compare the addresses of ${en.list(p.places)} on ${en.here(p)} with those on a server that works.`,
    },
    ja: {
      sentence: ({ places, subject }) => `${ja.list(places)} の証明書は別の名前のものです (${subject})。`,
      cause: () =>
        '名前が本来とは別の機器に向けられています。誤った DNS 応答、hosts ファイルのエントリ、NAT、プロキシが考えられます。',
      nextStep: (p) =>
        `${ja.here(p)}での ${ja.list(p.places)} のアドレスを、正常なサーバーのアドレスと比較してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'untrusted', endpoint })),
  alike: { by: (result) => presented(result).subject },
  find: eachResult({
    applies: (result) => distrustIs(result, 'ERR_TLS_CERT_ALTNAME_INVALID'),
    details: ([first]) => ({ subject: presented(first).subject }),
    evidence: certificateLines,
  }),
});
