import type { CheckResult } from '@mailpath/protocol';
import { CUT } from '../evidence/replies.ts';
import { distinct, endpointOf, getsThrough, type RuleContext } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const ABOVE_TCP = ['tls', 'greet', 'starttls', 'http'];

const spokenWith = ({ evidence }: CheckResult) => evidence.connect?.spokenWith ?? [];

/** Addresses that took the connection and failed above it, in a check that another address of the name served. */
function failedIn(result: CheckResult): { address: string; silent: boolean }[] {
  const spoken = spokenWith(result);
  if (!getsThrough(result) || !spoken.some(({ outcome }) => outcome === 'served')) return [];
  return spoken.flatMap(({ address, phase, outcome }) =>
    outcome !== 'served' && ABOVE_TCP.includes(phase) && CUT.includes(outcome)
      ? [{ address, silent: outcome === 'timeout' }]
      : [],
  );
}

const servedBy = (result: CheckResult): string[] => {
  const { used } = result.evidence.connect ?? {};
  if (!getsThrough(result)) return [];
  const spoken = spokenWith(result).flatMap(({ address, outcome }) =>
    outcome === 'served' ? [address] : [],
  );
  return spoken.length > 0 ? spoken : used ? [used] : [];
};

/** A check that may not try another address (a credential is sent once) met the same front end. */
const meets =
  (address: string) =>
  (result: CheckResult): boolean =>
    result.outcome === 'fail' &&
    result.evidence.connect?.used === address &&
    ABOVE_TCP.includes(result.failure?.phase ?? '') &&
    CUT.includes(result.failure?.code ?? '');

function found(context: RuleContext) {
  const seen = context.unexplained.flatMap((result) => failedIn(result).map((each) => ({ ...each, result })));
  return [...Map.groupBy(seen, ({ address }) => address)].flatMap(([address, each]) => {
    const [first] = each;
    if (!first) return [];
    const places = each.map(({ result }) => endpointOf(result));
    // An address that serves the same port elsewhere on this server is well.
    const serves = context.server.results.some(
      (result) => places.includes(endpointOf(result)) && servedBy(result).includes(address),
    );
    if (serves) return [];
    const same = context.unexplained.filter(
      (result) => places.includes(endpointOf(result)) && meets(address)(result),
    );
    return [
      {
        address,
        silent: each.every(({ silent }) => silent),
        results: distinct([...each.map(({ result }) => result), ...same]),
      },
    ];
  });
}

/** What is true of one address is not said of the path: the others of the name serve. */
export const pathOneFrontEnd = defineRule({
  id: 'path.one-front-end',
  items: ['C10'],
  // Where every server meets it, no way out that one of them takes can be at fault.
  owner: ({ spread }) => (spread === 'all' ? 'microsoft' : 'network'),
  confidence: 'possible',
  after: ['mailpath.internal', 'throttled'],
  words: words<{ address: string; silent: boolean; serving: string[] }>({
    en: {
      sentence: ({ address, hosts, silent, serving }) =>
        `${address} of ${en.list(hosts)} accepts the connection and then ${silent ? 'says nothing' : 'cuts it'}; ${en.list(serving)} of the same name serves.`,
      cause: (p) =>
        `One front end of several is at fault, or the path to it alone. ECE takes one address at a time and meets it now and then.${en.ifAll(p, 'Every server meets it, so it is most likely the front end itself.')}${en.ifLocal(p, 'It serves other servers, so it is the path from here to it.')}`,
      nextStep: (p) =>
        p.spread === 'all'
          ? `Look again; if it stays, report ${p.address} for ${en.list(p.places)} to Microsoft.`
          : `Look again; if it stays, let the network team look for ${p.address} in the firewall log of ${en.here(p)}, then report the address to Microsoft.`,
    },
    ja: {
      sentence: ({ address, hosts, silent, serving }) =>
        `${ja.list(hosts)} の ${address} は接続を受け入れた後、${silent ? '何も応答しません' : '切断します'}。同じ名前の ${ja.list(serving)} は正常に応答しています。`,
      cause: (p) =>
        `複数のフロント エンドのうちの 1 つ、またはそこへの経路だけに問題があります。ECE は一度に 1 つのアドレスを使用するため、ときどきこの問題が発生します。${ja.ifAll(p, 'すべてのサーバーで発生しているため、フロント エンド自体の可能性が最も高いです。')}${ja.ifLocal(p, '他のサーバーには応答しているため、ここからの経路の問題です。')}`,
      nextStep: (p) =>
        p.spread === 'all'
          ? `再度確認し、続く場合は ${ja.list(p.places)} の ${p.address} を Microsoft に報告してください。`
          : `再度確認し、続く場合は、ネットワーク担当に${ja.here(p)}のファイアウォールのログで ${p.address} の確認を依頼し、その後 Microsoft に報告してください。`,
    },
  }),
  find: (context) =>
    found(context).map(({ address, silent, results }) => ({
      about: address,
      part: { address },
      results,
      // Another address serves: it is no outage, also for a check that may not try it.
      weighAs: 'warn' as const,
      provesUnaffected: (other) => servedBy(other).includes(address),
      evidence: results.flatMap((result) =>
        spokenWith(result).map(
          (each) =>
            `${endpointOf(result)}: ${each.address} ${each.outcome} in ${each.phase} after ${Math.round(each.ms)} ms`,
        ),
      ),
      details: { address, silent, serving: distinct(results.flatMap(servedBy)) },
    })),
});
