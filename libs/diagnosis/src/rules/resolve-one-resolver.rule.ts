import { isAnswer } from '../evidence/name-troubles.ts';
import { getsThrough } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** One of several resolvers that fails while another answers, seen on look-ups that came through. */
export const resolveOneResolver = defineRule({
  id: 'resolve.one-resolver',
  items: ['C9'],
  phase: 'resolve',
  owner: 'dns',
  comparesOnly: true,
  words: words<{ resolver: string; status: string }>({
    en: {
      sentence: ({ resolver, status }) =>
        `The DNS server ${resolver} fails (${status}), another one answers.`,
      cause: (p) =>
        `One of the configured DNS servers does not do its work, so every look-up that begins with it is late, and fails when the other is busy.${en.ifLocal(p, 'It answers other servers of the site: the path from here to it is closed.')}`,
      nextStep: (p) =>
        `Repair ${p.resolver}, or the path of ${en.here(p)} to its port 53, or take it out of the network settings.`,
    },
    ja: {
      sentence: ({ resolver, status }) =>
        `DNS サーバー ${resolver} が失敗しています (${status})。別の DNS サーバーは応答しています。`,
      cause: (p) =>
        `設定された DNS サーバーの 1 つが機能していないため、それを先に使う検索は遅くなり、もう一方が混雑すると失敗します。${ja.ifLocal(p, '同じサイトのほかのサーバーには応答しているため、ここからその DNS サーバーへの経路に問題があります。')}`,
      nextStep: (p) =>
        `${p.resolver}、または${ja.here(p)}からそのポート 53 への経路を修復するか、ネットワーク設定から外してください。`,
    },
  }),
  claims: ({ resolver }) => [{ claim: 'resolver-fails', resolver }],
  find({ server }) {
    const seen = server.results
      // What the system itself could not look up has an explanation of its own.
      .filter((result) => getsThrough(result) && result.evidence.dns?.borrowedFrom === undefined)
      .flatMap((result) => (result.evidence.dns?.resolvers ?? []).map((resolver) => ({ result, resolver })));
    if (!seen.some(({ resolver }) => isAnswer(resolver.a))) return [];
    return [...Map.groupBy(seen, ({ resolver }) => resolver.server)].flatMap(([address, looks]) => {
      const [bad] = looks.filter(({ resolver }) => !isAnswer(resolver.a));
      // One answer shows that it works.
      if (!bad || looks.some(({ resolver }) => isAnswer(resolver.a))) return [];
      return [
        {
          about: address,
          part: { resolver: address },
          results: looks.map(({ result }) => result),
          weighAs: 'warn' as const,
          evidence: [`${address}: ${bad.resolver.a.state ?? bad.resolver.a.status}`],
          details: { resolver: address, status: bad.resolver.a.state ?? bad.resolver.a.status },
        },
      ];
    });
  },
});
