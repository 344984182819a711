import { deafFrontEnds, servedBy, spokenWith } from '../evidence/front-ends.ts';
import { distinct, endpointOf } from '../look.ts';
import { defineRule, messages } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** What is true of one address is not said of the path: the others of the name serve. */
export const pathOneFrontEnd = defineRule({
  id: 'path.one-front-end',
  items: ['C10'],
  // Where every server meets it, no way out that one of them takes can be at fault.
  owner: ({ spread }) => (spread === 'all' ? 'microsoft' : 'network'),
  confidence: 'possible',
  after: ['mailpath.internal', 'throttled'],
  words: words<{ address: string; silent: boolean; serving: string[]; untried: string[] }>({
    en: {
      sentence: ({ address, hosts, silent, serving, untried }) =>
        `${address} of ${en.list(hosts)} accepts the connection and then ${silent ? 'says nothing' : 'cuts it'}; ${serving.length > 0 ? `${en.list(serving)} of the same name serves` : `${en.list(untried)} of the same name was not spoken with`}.`,
      cause: (p) =>
        p.serving.length === 0
          ? `Whatever is cut met this one address. It may be one front end of several, or a device on the path to all of them; only when every address behaves alike is the path likely.${en.ifAll(p, 'Every server meets it.')}`
          : `One of several front ends is at fault, or only the path to it. ECE uses one address at a time and meets the bad one now and then.${en.ifAll(p, 'Every server meets it, so it is most likely the front end itself.')}${en.ifLocal(p, 'It serves other servers, so it is the path from here to it.')}`,
      nextStep: (p) =>
        p.spread === 'all'
          ? `Look again; if it stays, report ${p.address} for ${en.list(p.places)} to Microsoft.`
          : `Look again; if it stays, let the network team look for ${p.address} in the firewall log of ${en.here(p)}, then report the address to Microsoft.`,
    },
    ja: {
      sentence: ({ address, hosts, silent, serving, untried }) =>
        `${ja.list(hosts)} の ${address} は接続を受け入れた後、${silent ? '何も応答しません' : '切断します'}。${serving.length > 0 ? `同じ名前の ${ja.list(serving)} は正常に応答しています` : `同じ名前の ${ja.list(untried)} とは通信していません`}。`,
      cause: (p) =>
        p.serving.length === 0
          ? `失敗した通信はすべてこのアドレスに対するものです。複数のフロント エンドのうちの 1 つ、またはすべてへの経路上の機器が原因です。すべてのアドレスで同じ場合に限り、経路の可能性が高くなります。${ja.ifAll(p, 'すべてのサーバーで発生しています。')}`
          : `複数のフロント エンドのうちの 1 つ、またはそこへの経路だけに問題があります。ECE は一度に 1 つのアドレスを使用するため、ときどきこの問題が発生します。${ja.ifAll(p, 'すべてのサーバーで発生しているため、フロント エンド自体の可能性が最も高いです。')}${ja.ifLocal(p, 'ほかのサーバーには応答しているため、ここからの経路の問題です。')}`,
      nextStep: (p) =>
        p.spread === 'all'
          ? `再度確認し、続く場合は ${ja.list(p.places)} の ${p.address} を Microsoft に報告してください。`
          : `再度確認し、続く場合は、ネットワーク担当に${ja.here(p)}のファイアウォールのログで ${p.address} の確認を依頼し、その後 Microsoft に報告してください。`,
    },
  }),
  find: (context) =>
    deafFrontEnds(context).map(({ address, phase, silent, results, untried, consequences }) => {
      const serving = distinct(results.flatMap(servedBy));
      return {
        about: address,
        part: { address },
        results,
        ...(phase ? { phase } : {}),
        consequences,
        // Where another address serves it is no outage, also for a check that may not try it.
        ...(serving.length > 0 ? { weighAs: 'warn' as const } : {}),
        provesUnaffected: (other) => servedBy(other).includes(address),
        evidence: [
          ...results.flatMap((result) =>
            spokenWith(result).map(
              (each) =>
                `${endpointOf(result)}: ${each.address} ${each.outcome} in ${each.phase} after ${Math.round(each.ms)} ms`,
            ),
          ),
          ...(serving.length > 0 ? [] : messages(results)),
        ],
        details: { address, silent, serving, untried: [...untried] },
      };
    }),
});
