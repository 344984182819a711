import type { CheckResult } from '@mailpath/protocol';
import { trustedAt } from '../evidence/certificates.ts';
import { type Root, rootOf } from '../evidence/trust.ts';
import { endpointOf } from '../look.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/**
 * A root that everybody has, which an older Java may lack; one that only this site has is told of with who opens TLS.
 */
const isPublic = ({ evidence: { tls } }: CheckResult): boolean =>
  tls?.trustLists
    ? tls.trustLists.some(({ list, root }) => list === 'mozilla' && root !== null && root.match !== 'subject')
    : tls?.anchor === 'public';

const javaOf = ({ evidence }: CheckResult) =>
  (evidence.tls?.trustLists ?? []).filter(({ list }) => list === 'java');

const named = ({ subject, fingerprint }: Root): string =>
  fingerprint === null ? subject : `${subject} (SHA-256 ${fingerprint})`;

/** What `findstr` finds a root by in a listing: its fingerprint, or its name as an alias has it. */
const sought = ({ subject, fingerprint }: Root): string =>
  fingerprint ?? (/(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject).toLowerCase().replaceAll(' ', '');

const look = (root: Root): string =>
  `keytool -list -keystore <JAVA_HOME>/lib/security/cacerts | findstr /i "${sought(root)}"`;

interface Details {
  roots: Root[];
  /** Java stores that were named for the agent and could not be read. */
  unread: string[];
}

/** Nothing is wrong: which roots ECE's Java must hold, where nobody has read its store. */
export const tlsRootsNeeded = defineRule({
  id: 'tls.roots-needed',
  phase: 'tls',
  items: ['X6'],
  owner: 'server-administrator',
  confidence: 'certain',
  comparesOnly: true,
  words: words<Details>({
    en: {
      sentence: ({ roots }) =>
        `Microsoft's certificates lead to ${en.list(roots.map(named))}, which ECE's Java must hold as well.`,
      cause: ({ unread }) =>
        `ECE trusts what its Java store (cacerts) holds, and not this machine's store: with an old Java every check passes here, and only ECE fails with a PKIX path error.${unread.length > 0 ? ` The store could not be read: ${en.list(unread)}.` : ' Mailpath has not read that store.'}`,
      nextStep: (p) =>
        `On ${en.here(p)}, look for each: ${p.roots.map(look).join('; ')}. Or name the store in agent.json (javaStores), and Mailpath looks itself.`,
    },
    ja: {
      sentence: ({ roots }) =>
        `Microsoft の証明書は ${ja.list(roots.map(named))} に至ります。ECE の Java にもこのルートが必要です。`,
      cause: ({ unread }) =>
        `ECE はこのマシンのストアではなく、Java のストア (cacerts) を信頼します。Java が古いと、ここではすべて正常でも ECE だけが PKIX パス エラーで失敗します。${unread.length > 0 ? `ストアを読み取れませんでした: ${ja.list(unread)}。` : 'Mailpath はそのストアを読み取っていません。'}`,
      nextStep: (p) =>
        `${ja.here(p)}でそれぞれを確認してください: ${p.roots.map(look).join('; ')}。または agent.json の javaStores にストアを指定すると、Mailpath が確認します。`,
    },
  }),
  claims: ({ places, roots }) =>
    roots.map(({ subject }) => ({ claim: 'shown', what: 'root', value: subject, endpoints: places })),
  find: ({ server }) => {
    const results = trustedAt(server).filter(
      (result) =>
        isMicrosofts(result.target.host) &&
        isPublic(result) &&
        rootOf(result) !== null &&
        javaOf(result).every(({ error }) => error !== null),
    );
    if (results.length === 0) return [];
    const roots = new Map(
      results.flatMap((result) => {
        const root = rootOf(result);
        return root ? [[named(root), root] as const] : [];
      }),
    );
    return [
      {
        about: 'roots',
        results,
        weighAs: 'info',
        evidence: results.map((result) => `${endpointOf(result)}: ${named(rootOf(result) ?? NONE)}`),
        details: {
          roots: [...roots.values()],
          unread: [...new Set(results.flatMap(javaOf).map(({ name, error }) => `${name} (${error})`))],
        },
      },
    ];
  },
});

const NONE: Root = { subject: '?', fingerprint: null };
