import type { CheckResult } from '@mailpath/protocol';
import { failsToResolve, nameDetails, resolverLines } from '../evidence/name-lookups.ts';
import { distinct, type RuleContext } from '../look.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as enNames from '../words/en/name-troubles.ts';
import * as en from '../words/en/phrases.ts';
import * as jaNames from '../words/ja/name-troubles.ts';
import * as ja from '../words/ja/phrases.ts';
import { isTold, type NameDetails } from '../words/name-troubles.ts';
import { words } from '../words/told.ts';

const sameHost = (result: CheckResult, { server }: RuleContext): readonly CheckResult[] =>
  server.results.filter(({ target }) => target.host === result.target.host);

/** It was not found at first, and was when it was looked at again. */
const recovered = (result: CheckResult, { server }: RuleContext): boolean =>
  result.repeats !== null &&
  !failsToResolve(result) &&
  server.firstLooks.some((first) => first.id === result.repeats && failsToResolve(first));

/** The system itself was given an address by its look-up, and did not borrow what a resolver told beside it. */
const isFound = ({ evidence: { dns } }: CheckResult): boolean =>
  dns !== undefined &&
  dns.addresses.length > 0 &&
  !dns.pinned &&
  dns.error === null &&
  dns.borrowedFrom === undefined;

/**
 * One look found it between two that did not: of this round, since what was found before the first of them may have
 * been found when all was well, and what was found after the last is over.
 */
function isFoundBetween(looks: readonly CheckResult[]): boolean {
  const times = looks.filter(failsToResolve).map(timeOf);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return looks.some((look) => isFound(look) && timeOf(look) >= first && timeOf(look) < last);
}

const timeOf = ({ startedAt }: CheckResult): number => Date.parse(startedAt);

/** Not found, found, and not found again: one that only recovered, or only failed in one check, may be of a moment. */
function comesAndGoes(result: CheckResult, context: RuleContext): boolean {
  if (!failsToResolve(result) && !recovered(result, context)) return false;
  const before = context.server.firstLooks.filter(({ target }) => target.host === result.target.host);
  return isFoundBetween([...before, ...sameHost(result, context)]);
}

/** The same question is answered now well and now not: neither missing nor broken, and told as both by one look. */
export const resolveComesAndGoes = defineRule({
  id: 'resolve.comes-and-goes',
  items: ['C9'],
  phase: 'resolve',
  owner: 'dns',
  after: ['mailpath.internal', 'throttled', 'resolve.family-silent'],
  words: words<NameDetails & { addresses: string[] }>({
    en: {
      sentence: (p) =>
        `Looking up ${en.list(p.hosts)} comes and goes: within one round it failed and gave ${en.list(p.addresses)}${isTold(p) ? `; ${enNames.did(p)}` : ''}.`,
      cause: () =>
        'One question gets different answers: of several servers behind one DNS address, or of several forwarders, one is wrong or fails now and then, or the record was changed just now.',
      nextStep: (p) =>
        `Let the DNS team ask each DNS server of ${en.here(p)}, and each forwarder behind it, for ${en.list(p.hosts)} several times, and compare the answers.`,
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.hosts)} の名前解決が不安定です。1 回のラウンドの間に、失敗と ${ja.list(p.addresses)} の応答の両方がありました${isTold(p) ? `。${jaNames.did(p)}` : ''}。`,
      cause: () =>
        '同じ問い合わせに対する応答が一定していません。1 つの DNS アドレスの背後にある複数のサーバー、または複数のフォワーダーのうちの 1 つに誤りや断続的な障害があるか、レコードが変更された直後です。',
      nextStep: (p) =>
        `DNS 担当に、${ja.here(p)}の各 DNS サーバーとその先の各フォワーダーに ${ja.list(p.hosts)} を複数回問い合わせ、応答を比較するよう依頼してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'found-and-lost', host })),
  find: eachResult({
    applies: comesAndGoes,
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results, context) => ({
      ...nameDetails(results, context),
      addresses: distinct(
        sameHost(results[0], context).flatMap(({ evidence }) => evidence.dns?.addresses ?? []),
      ),
    }),
    evidence: resolverLines,
  }),
});
