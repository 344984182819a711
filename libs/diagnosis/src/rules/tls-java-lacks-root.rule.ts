import type { CheckResult } from '@mailpath/protocol';
import { trustedAt } from '../evidence/certificates.ts';
import { listLines, rootOf } from '../evidence/trust.ts';
import { distinct } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Java stores that were read and do not hold the root by its key. */
const lacking = ({ evidence }: CheckResult): string[] =>
  (evidence.tls?.trustLists ?? []).flatMap(({ list, name, error, root }) =>
    list === 'java' && error === null && (root === null || root.match === 'subject') ? [name] : [],
  );

/** This machine accepts the certificate, and ECE's Java, whose store was read, will not. */
export const tlsJavaLacksRoot = defineRule({
  id: 'tls.java-lacks-root',
  phase: 'tls',
  items: ['X6'],
  owner: 'server-administrator',
  comparesOnly: true,
  words: words<{ root: string; fingerprint: string; stores: string[] }>({
    en: {
      sentence: ({ places, root, stores }) =>
        `The Java store ${en.list(stores)} does not hold ${root}, to which ${en.list(places)} leads.`,
      cause: () =>
        'The path is good and this machine trusts the certificate; ECE uses only its Java certificate store and fails there with a PKIX path error.',
      nextStep: ({ root, fingerprint, stores }) =>
        `Import ${root}${fingerprint === '' ? '' : ` (SHA-256 ${fingerprint})`} with keytool -importcert -trustcacerts -keystore ${en.list(stores)}, or update Java; then restart ECE.`,
    },
    ja: {
      sentence: ({ places, root, stores }) =>
        `Java のストア ${ja.list(stores)} には、${ja.list(places)} の証明書が至る ${root} がありません。`,
      cause: () =>
        '経路は正常で、このマシンは証明書を信頼しています。ECE は Java のストアだけを使うため、PKIX パス エラーで失敗します。',
      nextStep: ({ root, fingerprint, stores }) =>
        `keytool -importcert -trustcacerts -keystore ${ja.list(stores)} で ${root}${fingerprint === '' ? '' : ` (SHA-256 ${fingerprint})`} をインポートするか、Java を更新し、その後 ECE を再起動してください。`,
    },
  }),
  claims: ({ places, root }) => [{ claim: 'shown', what: 'root', value: root, endpoints: places }],
  find: ({ server }) => {
    const short = trustedAt(server).filter((result) => lacking(result).length > 0);
    return [...Map.groupBy(short, (result) => rootOf(result)?.subject ?? '?')].map(([root, results]) => ({
      about: root,
      results,
      weighAs: 'fail' as const,
      evidence: listLines(results),
      details: {
        root,
        fingerprint: results.flatMap((result) => rootOf(result)?.fingerprint ?? [])[0] ?? '',
        stores: distinct(results.flatMap(lacking)),
      },
    }));
  },
});
