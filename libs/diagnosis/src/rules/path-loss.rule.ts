import { courseLines } from '../evidence/over-time.ts';
import { newestOf, unsteady } from '../evidence/unsteady.ts';
import { isTrouble } from '../look.ts';
import { classOf } from '../observe.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Now this and now that gets no answer: one round tells it as a fault of what it happened to hit. */
export const pathLoss = defineRule({
  id: 'path.loss',
  items: ['C10'],
  owner: 'network',
  // It rests on several rounds as it is.
  confirmedBy: 'itself',
  after: ['mailpath.internal', 'throttled'],
  words: words<{ failed: number; all: number; percent: number }>({
    en: {
      sentence: ({ failed, all, percent }) =>
        `Packets are lost: over the last rounds ${failed} of ${all} checks (${percent} %) got no answer, each time others.`,
      cause: (p) =>
        `Names, connections and handshakes fail by turns and succeed in between, so no DNS server, port or host is at fault: the line drops packets, by overload, a bad cable or duplex setting, or a device at its limit.${en.ifLocal(p, 'Other servers get through: it is on the path of this one.')}`,
      nextStep: (p) =>
        `Let the network team look for errors and drops on the ports between ${en.here(p)} and the internet, beginning at the server's own network adapter.`,
    },
    ja: {
      sentence: ({ failed, all, percent }) =>
        `パケットが失われています: 最近のラウンドで ${all} 件中 ${failed} 件 (${percent} %) のチェックに応答がなく、失敗する対象は毎回異なります。`,
      cause: (p) =>
        `名前解決、接続、ハンドシェイクが入れ替わりに失敗し、その間に成功しているため、特定の DNS サーバー、ポート、ホストの障害ではありません。過負荷、ケーブルの不良や通信モード (全二重、半二重) の不一致、または限界に達した機器により、回線がパケットを破棄しています。${ja.ifLocal(p, 'ほかのサーバーは接続できているため、このサーバーの経路上の問題です。')}`,
      nextStep: (p) =>
        `ネットワーク担当に、${ja.here(p)}のネットワーク アダプターから順に、インターネットまでのポートのエラーと破棄の確認を依頼してください。`,
    },
  }),
  find: (context) => {
    const seen = unsteady(context.server);
    const results = seen?.kind === 'loss' ? newestOf(seen, context) : [];
    if (!seen || results.length === 0) return [];
    return [
      {
        about: 'loss',
        results,
        ...(results.some(isTrouble) ? {} : { weighAs: 'warn' as const }),
        // What gets through inside the network says nothing of the line to Microsoft.
        provesUnaffected: (other) => results.some((result) => classOf(result) === classOf(other)),
        evidence: courseLines(seen.courses),
        details: {
          failed: seen.failed,
          all: seen.all,
          percent: Math.round((100 * seen.failed) / seen.all),
        },
      },
    ];
  },
});
