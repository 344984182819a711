import { clue, portsOf, unreached } from '../evidence/connects.ts';
import type { TargetClass } from '../observe.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectPortClosed = defineRule({
  id: 'connect.port-closed',
  items: ['C10'],
  owner: 'network',
  after: ['connect.host-closed'],
  words: words<{ port: number; how: How; of: TargetClass }>({
    en: {
      sentence: ({ port, how, hosts }) =>
        `TCP port ${port} ${en.HOW[how]}, whatever the host: ${en.list(hosts)}.`,
      cause: (p) =>
        `A firewall bars outgoing port ${p.port} as such; other ports are open.${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) => `Allow outgoing TCP port ${p.port} from ${en.here(p)} to ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: ({ port, how, hosts }) =>
        `TCP ポート ${port} は、どのホスト (${ja.list(hosts)}) に対しても${ja.HOW[how]}。`,
      cause: (p) =>
        `ファイアウォールが外向きのポート ${p.port} 自体を遮断しています。ほかのポートは開いています。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.hosts)} への外向き TCP ポート ${p.port} を許可してください。`,
    },
  }),
  claims: ({ port, of }) => [{ claim: 'port-closed', port, of }],
  find: (context) =>
    unreached(context).flatMap(({ kind, of, results, how, otherwise }) => {
      const [port] = portsOf(results);
      // Where nothing of other ports came up, the port is no better known than all of it.
      return kind === 'port' && port !== undefined && otherwise
        ? [{ ...clue(String(port), results), part: { port }, details: { port, how, of } }]
        : [];
    }),
});
