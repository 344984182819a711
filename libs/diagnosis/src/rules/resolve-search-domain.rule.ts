import type { CheckResult } from '@mailpath/protocol';
import { resolverLines } from '../evidence/name-lookups.ts';
import { distinct } from '../look.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** The completed names whose addresses the system uses for the name itself. */
const completed = ({ evidence: { dns } }: CheckResult): { name: string; records: readonly string[] }[] =>
  (dns?.searched ?? []).filter(({ records }) => records.some((each) => dns?.addresses.includes(each)));

/**
 * A name that is not found is asked for again with a domain of the company behind it, and something answers for that.
 */
export const resolveSearchDomain = defineRule({
  id: 'resolve.search-domain',
  items: ['C9'],
  phase: 'resolve',
  owner: 'dns',
  after: ['resolve.no-answer'],
  words: words<{ names: string[]; addresses: string[] }>({
    en: {
      sentence: ({ hosts, names, addresses }) =>
        `${en.list(hosts)} is not found as it is; what this server uses, ${en.list(addresses)}, is the address of ${en.list(names)}.`,
      cause: () =>
        'The resolver does not know the name, so the system adds a search domain, and an entry for all names of that domain (a wildcard) answers with the address of another host.',
      nextStep: (p) =>
        `Let the DNS servers of ${en.here(p)} resolve ${en.list(p.hosts)}; then remove the search domain or the wildcard that answers for ${en.list(p.names)}.`,
    },
    ja: {
      sentence: ({ hosts, names, addresses }) =>
        `${ja.list(hosts)} はそのままでは見つからず、このサーバーが使用する ${ja.list(addresses)} は ${ja.list(names)} のアドレスです。`,
      cause: () =>
        'リゾルバーが名前を知らないため、システムが検索ドメインを付加し、そのドメインのワイルドカードが別のホストのアドレスを返しています。',
      nextStep: (p) =>
        `${ja.here(p)}の DNS サーバーが ${ja.list(p.hosts)} を解決できるようにし、そのうえで検索ドメイン、または ${ja.list(p.names)} に応答するワイルドカードを削除してください。`,
    },
  }),
  claims: ({ hosts, addresses }) => hosts.map((host) => ({ claim: 'leads-to', host, addresses })),
  find: eachResult({
    applies: (result) => result.outcome !== 'pass' && completed(result).length > 0,
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results) => {
      const each = results.flatMap(completed);
      return {
        names: distinct(each.map(({ name }) => name)),
        addresses: distinct(each.flatMap(({ records }) => records)),
      };
    },
    evidence: resolverLines,
  }),
});
