import { courseLines } from '../evidence/over-time.ts';
import { newestOf, unsteady } from '../evidence/unsteady.ts';
import { distinct, endpointOf, isTrouble } from '../look.ts';
import { defineRule, endpointPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Down, up and down again: what it did last is no news. */
export const pathFlapping = defineRule({
  id: 'path.flapping',
  items: ['C10'],
  owner: 'network',
  after: ['mailpath.internal', 'throttled', 'path.loss'],
  words: words<{ down: number; rounds: number }>({
    en: {
      sentence: ({ places, down, rounds }) =>
        `The path to ${en.list(places)} comes and goes: down in ${down} of the last ${rounds} rounds, with others in between that got through.`,
      cause: (p) =>
        `Something on the path changes its mind: a link or tunnel that fails and comes back, two firewalls or exits of which one bars the traffic, or a limit that is reached now and then.${en.ifAll(p, 'All servers see it: look at what they share.')}${en.ifLocal(p, 'Other servers get through: it is on the path of this one.')}`,
      nextStep: (p) =>
        `Let the network team compare the times of failure for ${en.list(p.places)} from ${en.here(p)} with the log of links, tunnels and firewall failovers.`,
    },
    ja: {
      sentence: ({ places, down, rounds }) =>
        `${ja.list(places)} への経路が断続的に途切れます: 直近 ${rounds} ラウンドのうち ${down} ラウンドで不通、その間は正常です。`,
      cause: (p) =>
        `経路上の何かが変動しています。切断と復旧を繰り返す回線やトンネル、一方だけが通信を禁止する 2 台のファイアウォールや出口、またはときどき達する上限が考えられます。${ja.ifAll(p, 'すべてのサーバーで発生しているため、共有している部分を確認してください。')}${ja.ifLocal(p, 'ほかのサーバーは接続できているため、このサーバーの経路上の問題です。')}`,
      nextStep: (p) =>
        `ネットワーク担当に、${ja.here(p)}から ${ja.list(p.places)} への失敗の時刻を、回線、トンネル、ファイアウォールの切り替えのログと比較するよう依頼してください。`,
    },
  }),
  find: (context) => {
    const seen = unsteady(context.server);
    const results = seen?.kind === 'flapping' ? newestOf(seen, context) : [];
    const [first] = results;
    if (!seen || !first) return [];
    const places = distinct(seen.courses.map(({ result }) => endpointOf(result)));
    const longest = seen.courses.reduce((one, other) => (other.came.length > one.came.length ? other : one));
    return [
      {
        about: places.length === 1 ? endpointOf(first) : 'path',
        part: places.length === 1 ? endpointPart(first) : {},
        results,
        ...(results.some(isTrouble) ? {} : { weighAs: 'warn' as const }),
        evidence: courseLines(seen.courses),
        details: {
          down: longest.came.filter((through) => !through).length,
          rounds: longest.came.length,
        },
      },
    ];
  },
});
