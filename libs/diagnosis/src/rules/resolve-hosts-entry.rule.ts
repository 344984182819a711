import type { CheckResult } from '@mailpath/protocol';
import { resolverLines } from '../evidence/name-lookups.ts';
import { distinct } from '../look.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Addresses that the system uses although no resolver gives them, while the resolvers do answer. */
function fromHostsFile({ evidence: { dns } }: CheckResult): string[] {
  if (!dns || dns.pinned || !dns.resolvers) return [];
  const given = dns.resolvers.flatMap(({ a, aaaa }) => [...a.records, ...aaaa.records]);
  return given.length === 0 ? [] : dns.addresses.filter((address) => !given.includes(address));
}

export const resolveHostsEntry = defineRule({
  id: 'resolve.hosts-entry',
  items: ['C9'],
  phase: 'resolve',
  owner: 'server-administrator',
  confidence: ({ inFile }) => (inFile ? 'certain' : 'likely'),
  words: words<{ addresses: string[]; inFile?: boolean }>({
    en: {
      sentence: ({ addresses, hosts }) =>
        `This server uses ${en.list(addresses)} for ${en.list(hosts)}, which none of its resolvers gives.`,
      cause: ({ inFile }) =>
        inFile
          ? 'The hosts file of this server has an entry for it, which stands before the DNS and is out of date.'
          : 'An entry of the hosts file, or another name service of this server, stands before the DNS and is out of date.',
      nextStep: (p) =>
        `Look for ${en.list(p.hosts)} in the hosts file of ${en.here(p)} and take the entry out.`,
    },
    ja: {
      sentence: ({ addresses, hosts }) =>
        `このサーバーは ${ja.list(hosts)} に ${ja.list(addresses)} を使用していますが、どのリゾルバーもこのアドレスを返しません。`,
      cause: ({ inFile }) =>
        inFile
          ? 'このサーバーの hosts ファイルにこの名前のエントリがあり、DNS より優先され、内容が古くなっています。'
          : 'hosts ファイルのエントリ、またはこのサーバーの別の名前サービスが DNS より優先され、内容が古くなっています。',
      nextStep: (p) =>
        `${ja.here(p)}の hosts ファイルから ${ja.list(p.hosts)} のエントリを探し、削除してください。`,
    },
  }),
  claims: ({ hosts, addresses }) => hosts.map((host) => ({ claim: 'leads-to', host, addresses })),
  alike: { by: (result) => fromHostsFile(result).toSorted().join(' ') },
  find: eachResult({
    // Microsoft's answers change from one question to the next, so only addresses that are all unheard of count.
    applies: (result) => {
      const odd = fromHostsFile(result);
      return (
        result.outcome === 'fail' && odd.length > 0 && odd.length === result.evidence.dns?.addresses.length
      );
    },
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results) => ({
      addresses: distinct(results.flatMap(fromHostsFile)),
      inFile: results.every(({ evidence: { dns } }) =>
        dns?.addresses.every((address) => dns.settings?.hosts.includes(address)),
      ),
    }),
    evidence: (results) => [
      ...results.map(({ evidence }) => `used: ${evidence.dns?.addresses.join(', ')}`),
      ...resolverLines(results),
    ],
  }),
});
