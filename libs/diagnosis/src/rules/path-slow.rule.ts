import type { Phase } from '@mailpath/protocol';
import { farther } from '../evidence/round-trips.ts';
import { slowest, slowLines, slowPhases } from '../evidence/slowness.ts';
import { distinct, endpointOf } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { PHASES } from '../words/phases.ts';
import { words } from '../words/told.ts';

/** Times that a longer path makes by itself; then the round trip is what is told. */
const FARTHER = { times: 4, atLeastMs: 250 };

const BY_SERVICE: readonly Phase[] = ['authenticate', 'open-mailbox', 'token', 'http'];

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

interface Details {
  phases: Phase[];
  ms: number;
  usualMs: number;
  than: string;
  rounds: number;
  /** Only what the service itself does is slow, and nothing on the path to it. */
  service: boolean;
}

/** A client gets through and waits: compared with siblings, or with what this server took before. */
export const pathSlow = defineRule({
  id: 'path.slow',
  items: ['C10'],
  owner: ({ service, spread }) =>
    service && (spread === 'all' || spread === 'alone') ? 'microsoft' : 'network',
  confidence: 'possible',
  comparesOnly: true,
  words: words<Details>({
    en: {
      sentence: ({ places, phases, ms, usualMs, than }) =>
        `${en.list(phases.map((phase) => PHASES[phase].en))} on ${en.list(places)} takes up to ${seconds(ms)} s, ${than === 'siblings' ? `on siblings ${seconds(usualMs)} s` : `and took ${seconds(usualMs)} s before`}.`,
      cause: (p) =>
        p.service
          ? `Names, connections and TLS are as quick as ever, so the path is good: ${p.than === 'siblings' ? 'something that looks into what is said, such as a proxy, slows this server down.' : 'the service itself answers late.'}`
          : 'A link of the path is full, packets are lost and sent again, or a device that inspects the connection is at its limit.',
      nextStep: (p) =>
        p.service && p.than !== 'siblings'
          ? `Look at the service health of Microsoft 365 for ${en.list(p.places)}, and look again.`
          : `Let the network team look at load and errors on the path of ${en.here(p)} to ${en.list(p.places)}, proxies and inspecting firewalls first.`,
    },
    ja: {
      sentence: ({ places, phases, ms, usualMs, than }) =>
        `${ja.list(places)} の${ja.list(phases.map((phase) => PHASES[phase].ja))}に最大 ${seconds(ms)} 秒かかります (${than === 'siblings' ? `ほかのサーバーでは ${seconds(usualMs)} 秒` : `以前は ${seconds(usualMs)} 秒`})。`,
      cause: (p) =>
        p.service
          ? `名前解決、接続、TLS は通常どおりの速さのため、経路は正常です。${p.than === 'siblings' ? 'プロキシなど、通信の内容を検査するものがこのサーバーを遅くしています。' : 'サービス自体の応答が遅れています。'}`
          : '経路上の回線が混雑しているか、パケットが失われて再送されているか、接続を検査する機器が限界に達しています。',
      nextStep: (p) =>
        p.service && p.than !== 'siblings'
          ? `${ja.list(p.places)} について Microsoft 365 のサービス正常性を確認し、再度チェックしてください。`
          : `ネットワーク担当に、${ja.here(p)}から ${ja.list(p.places)} への経路の負荷とエラーを、プロキシと検査型ファイアウォールから順に確認するよう依頼してください。`,
    },
  }),
  claims: ({ places, phases, ms }) => [{ claim: 'takes', phases, ms, endpoints: places }],
  find: (context) => {
    const [first, ...more] = slowPhases(context).filter(({ phase }) => phase !== 'resolve');
    if (!first || farther(context, FARTHER.times, FARTHER.atLeastMs).length > 0) return [];
    const slow = [first, ...more];
    const { ms, usualMs, than, rounds } = slowest([first, ...more]);
    const phases = distinct(slow.map(({ phase }) => phase));
    return [
      {
        about: 'time',
        results: distinct(slow.map(({ result }) => result)),
        ...(phases[0] ? { phase: phases[0] } : {}),
        weighAs: 'warn',
        // It gets through there as well, and only the time would tell.
        provesUnaffected: (other) => slow.some(({ result }) => endpointOf(result) === endpointOf(other)),
        evidence: slowLines(slow),
        details: {
          phases,
          ms,
          usualMs: usualMs ?? 0,
          than,
          rounds,
          service: phases.every((phase) => BY_SERVICE.includes(phase)),
        },
      },
    ];
  },
});
