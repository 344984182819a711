import type { CheckResult } from '@mailpath/protocol';
import { distinct } from '../look.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const unusual = ({ evidence: { dns } }: CheckResult): readonly string[] =>
  dns?.pinned ? [] : (dns?.unusual ?? []);

export const resolveUnusualAddress = defineRule({
  id: 'resolve.unusual-address',
  items: ['C9'],
  owner: 'dns',
  words: words<{ addresses: string[] }>({
    en: {
      sentence: ({ addresses, hosts }) =>
        `${en.list(hosts)} leads to ${en.list(addresses)}: not an address of Microsoft.`,
      cause: () =>
        'An internal zone, a DNS filter or a sinkhole answers for the name with an address of its own.',
      nextStep: (p) =>
        `Let the DNS team resolve ${en.list(p.hosts)} to what the public DNS says, for the resolvers of ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ addresses, hosts }) =>
        `${ja.list(hosts)} が ${ja.list(addresses)} に解決されます。これは Microsoft のアドレスではありません。`,
      cause: () =>
        '社内ゾーン、DNS フィルター、またはシンクホールが、この名前に独自のアドレスを返しています。',
      nextStep: (p) =>
        `DNS 担当に、${ja.here(p)}のリゾルバーで ${ja.list(p.hosts)} を公開 DNS と同じ結果に解決するよう依頼してください。`,
    },
  }),
  claims: ({ hosts, addresses }) => hosts.map((host) => ({ claim: 'leads-to', host, addresses })),
  alike: { by: (result) => unusual(result).toSorted().join(' ') },
  find: eachResult({
    applies: (result) => result.outcome === 'fail' && unusual(result).length > 0,
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results) => ({
      addresses: distinct(results.flatMap(unusual)).map((each) => each.replace(/^([^ ]*) (.+)$/s, '$1 ($2)')),
    }),
    evidence: (results) => results.flatMap(unusual),
  }),
});
