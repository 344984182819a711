import type { CheckResult } from '@mailpath/protocol';
import { trustedAt, versionsTo } from '../evidence/certificates.ts';
import { endpointOf } from '../look.ts';
import { leading } from '../census.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const throughProxy = ({ evidence }: CheckResult): boolean => evidence.proxy !== undefined;

/** Siblings that agree on a newer version at the same place. */
export const tlsOlderVersion = defineRule({
  id: 'tls.older-version',
  phase: 'tls',
  items: ['X6'],
  owner: 'proxy',
  confidence: 'possible',
  comparesOnly: true,
  words: words<{ version: string; usual: string }>({
    en: {
      sentence: ({ places, version, usual }) =>
        `${en.list(places)} agrees on ${version} here, on siblings on ${usual}.`,
      cause: () =>
        'The same service agrees on an older TLS version only with this server: something on its path takes part in the handshake.',
      nextStep: (p) =>
        `Look for TLS inspection or a TLS policy on the path of ${en.here(p)} to ${en.list(p.places)}.`,
    },
    ja: {
      sentence: ({ places, version, usual }) =>
        `${ja.list(places)} は、ここでは ${version}、ほかのサーバーでは ${usual} で接続されます。`,
      cause: () =>
        '同じサービスが、このサーバーとだけ古い TLS バージョンで合意しています。経路上の何かがハンドシェイクに関与しています。',
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.places)} への経路に、TLS インスペクションまたは TLS ポリシーがないか確認してください。`,
    },
  }),
  claims: ({ places, version }) => [
    { claim: 'shown', what: 'tls-version', value: version, endpoints: places },
  ],
  find: (context) => {
    const older = trustedAt(context.server).flatMap((result) => {
      const usual = leading(versionsTo(context, result)) ?? '';
      const version = result.evidence.tls?.version ?? '';
      return usual > version && !throughProxy(result) ? [{ result, version, usual }] : [];
    });
    return [...Map.groupBy(older, ({ version }) => version)].flatMap(([version, each]) => {
      const [first] = each;
      if (!first) return [];
      const results = each.map(({ result }) => result);
      return [
        {
          about: version,
          results,
          weighAs: 'warn',
          evidence: results.map(
            (result) => `${endpointOf(result)}: ${version} ${result.evidence.tls?.cipher}`,
          ),
          details: { version, usual: first.usual },
        },
      ];
    });
  },
});
