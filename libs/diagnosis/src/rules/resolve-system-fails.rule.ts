import type { CheckResult } from '@mailpath/protocol';
import { hasRecords } from '../evidence/name-troubles.ts';
import { nameDetails, resolverLines, systemFails } from '../evidence/name-lookups.ts';
import { distinct } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as enNames from '../words/en/name-troubles.ts';
import * as en from '../words/en/phrases.ts';
import * as jaNames from '../words/ja/name-troubles.ts';
import * as ja from '../words/ja/phrases.ts';
import { isTold, type NameDetails, ownerOfTroubles } from '../words/name-troubles.ts';
import { words } from '../words/told.ts';

const giving = ({ evidence: { dns } }: CheckResult) => (dns?.resolvers ?? []).filter(hasRecords);

interface Given extends NameDetails {
  givers: string[];
  addresses: string[];
}

/** A configured resolver gives the address when it is asked by itself, and the system's own look-up does not. */
export const resolveSystemFails = defineRule({
  id: 'resolve.system-fails',
  items: ['C9'],
  phase: 'resolve',
  // Another resolver that fails is why; without one it is something of this server.
  owner: (p) => (isTold(p) ? ownerOfTroubles(p) : 'server-administrator'),
  after: ['resolve.comes-and-goes', 'mailpath.internal', 'throttled', 'resolve.family-silent'],
  words: words<Given>({
    en: {
      sentence: (p) =>
        `This server's own look-up of ${en.list(p.hosts)} fails, though ${en.list(p.givers)} gives ${en.list(p.addresses)}${isTold(p) ? `; ${enNames.did(p)}` : ''}.`,
      cause: (p) =>
        isTold(p)
          ? `The system asks its DNS servers one after the other, and gives up before it comes to one that answers. ${enNames.causes(p)}`
          : 'The DNS server answers, so the fault is in how this server looks names up: its DNS client or cache service, a name resolution policy, or security software that filters names.',
      nextStep: (p) =>
        isTold(p)
          ? enNames.steps(p)
          : `Restart the DNS client of ${en.here(p)}, then look at its name resolution policy (NRPT, nsswitch.conf) and at security software.`,
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.givers)} は ${ja.list(p.addresses)} を返しますが、このサーバー自身による ${ja.list(p.hosts)} の名前解決は失敗します${isTold(p) ? `。${jaNames.did(p)}` : ''}。`,
      cause: (p) =>
        isTold(p)
          ? `システムは DNS サーバーを順に問い合わせ、応答する DNS サーバーに達する前に中止します。${jaNames.causes(p)}`
          : 'DNS サーバーは応答しているため、このサーバーの名前解決の仕組みに原因があります。DNS クライアントまたはキャッシュのサービス、名前解決ポリシー、名前を検査するセキュリティ ソフトウェアが考えられます。',
      nextStep: (p) =>
        isTold(p)
          ? jaNames.steps(p)
          : `${ja.here(p)}の DNS クライアントを再起動し、名前解決ポリシー (NRPT、nsswitch.conf) とセキュリティ ソフトウェアを確認してください。`,
    },
  }),
  claims: ({ hosts, givers, addresses }) => [
    ...hosts.map((host) => ({ claim: 'system-fails' as const, host })),
    { claim: 'resolver-gives', resolvers: givers, addresses },
  ],
  find: eachResult({
    applies: (result) =>
      (systemFails(result) || result.evidence.dns?.borrowedFrom !== undefined) && giving(result).length > 0,
    about: () => 'system look-up',
    part: () => ({}),
    details: (results, context) => ({
      ...nameDetails(results, context),
      givers: distinct(results.flatMap(giving).map(({ server }) => server)),
      addresses: distinct(results.flatMap(giving).flatMap(({ a, aaaa }) => [...a.records, ...aaaa.records])),
    }),
    evidence: resolverLines,
  }),
});
