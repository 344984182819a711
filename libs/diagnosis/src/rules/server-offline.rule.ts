import { dialled, howOf, isForbiddenHere, portsOf } from '../evidence/connects.ts';
import { hostsOf } from '../look.ts';
import { ofClass } from '../observe.ts';
import { defineRule, messages } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const serverOffline = defineRule({
  id: 'server.offline',
  items: ['C9', 'C10'],
  owner: ({ here }) => (here ? 'server-administrator' : 'network'),
  words: words<{ here: boolean }>({
    en: {
      sentence: () =>
        'Nothing of Microsoft 365 can be reached: no connection was established to any host on any port.',
      cause: (p) =>
        p.here
          ? "The machine's own firewall, or a security program on it, lets nothing out."
          : `The server has no path to the internet at all: its network, its default gateway, or a firewall that lets nothing out.${en.ifAll(p, 'No server has one: the line of the whole site, or its firewall.')}`,
      nextStep: (p) =>
        `Check network, default gateway and firewall of ${en.here(p)} first; everything else follows from it.`,
    },
    ja: {
      sentence: () => 'Microsoft 365 のどのホストのどのポートにも接続できません。',
      cause: (p) =>
        p.here
          ? 'このマシン自体のファイアウォールまたはセキュリティ ソフトウェアが、外向き通信をすべて遮断しています。'
          : `インターネットへの経路がまったくありません。ネットワーク、デフォルト ゲートウェイ、または外向き通信をすべて遮断するファイアウォールが原因です。${ja.ifAll(p, '全サーバーが同じ状態のため、サイト全体の回線またはファイアウォールの問題です。')}`,
      nextStep: (p) =>
        `まず、${ja.here(p)}のネットワーク、デフォルト ゲートウェイ、ファイアウォールを確認してください。ほかの症状はすべてこの結果です。`,
    },
  }),
  claims: () => [{ claim: 'network-down' }],
  find: (context) => {
    const tried = ofClass(dialled(context), 'microsoft');
    const failing = tried.filter((result) => context.unexplained.includes(result) && howOf(result) !== null);
    const many = hostsOf(tried).length > 1 && portsOf(tried).length > 1 && failing.length > 2;
    if (!many || failing.length < tried.length) return [];
    return [
      {
        about: 'network',
        results: failing,
        affectsWholeServer: true,
        evidence: messages(failing),
        details: { here: isForbiddenHere(failing) },
      },
    ];
  },
});
