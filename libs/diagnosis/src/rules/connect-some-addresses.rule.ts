import { attemptLines, deadOf } from '../evidence/connects.ts';
import { distinct } from '../look.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const connectSomeAddresses = defineRule({
  id: 'connect.some-addresses',
  phase: 'connect',
  items: ['C10'],
  owner: 'network',
  after: ['connect.family-dead'],
  words: words<{ addresses: string[] }>({
    en: {
      sentence: ({ addresses, hosts }) =>
        `${en.list(addresses)} of ${en.list(hosts)} cannot be reached, other addresses can.`,
      cause: () =>
        'Some addresses of the name cannot be reached from here. Clients get through on another one, later, and now and then not at all.',
      nextStep: (p) =>
        `Allow ${en.list(p.places)} by name rather than by a list of addresses, for ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ addresses, hosts }) =>
        `${ja.list(hosts)} のアドレスのうち ${ja.list(addresses)} に到達できません。ほかのアドレスには到達できます。`,
      cause: () =>
        'この名前のアドレスの一部に到達できません。クライアントは別のアドレスで接続できますが、遅くなり、失敗することもあります。',
      nextStep: (p) =>
        `${ja.here(p)}に対して、アドレスの一覧ではなくホスト名で ${ja.list(p.places)} を許可してください。`,
    },
  }),
  claims: ({ addresses, hosts }) => addresses.map((address) => ({ claim: 'address-dead', address, hosts })),
  find: eachResult({
    applies: (result) => result.outcome === 'warn' && deadOf(result).length > 0,
    // Microsoft's names share addresses, and a firewall with an old list of them bars some of each name.
    about: ({ target }) => (isMicrosofts(target.host) ? 'Microsoft 365' : target.host),
    part: (result) => (isMicrosofts(result.target.host) ? {} : hostPart(result)),
    details: (results) => ({ addresses: distinct(results.flatMap(deadOf).map(({ address }) => address)) }),
    evidence: attemptLines,
  }),
});
