import type { CheckResult } from '@mailpath/protocol';
import { failsToResolve, isNotFound, lookedUp, resolverLines } from '../evidence/name-lookups.ts';
import { hostsOf, type RuleContext } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const noAnswer = (result: CheckResult): boolean => failsToResolve(result) && !isNotFound(result);

const noneResolved = (context: RuleContext): boolean => lookedUp(context).every(failsToResolve);

/** A resolver that fails for one name after the other is one cause, whether or not it answered now and then. */
export const resolveNoAnswer = defineRule({
  id: 'resolve.no-answer',
  items: ['C9'],
  owner: 'dns',
  after: ['mailpath.internal', 'throttled'],
  words: words({
    en: {
      sentence: ({ hosts }) => `No resolver gave an address for ${en.list(hosts)}.`,
      cause: (p) =>
        `The configured DNS servers did not answer, or answered with an error, so nothing behind a name can be reached.${en.ifAll(p, 'All servers are without: look at the DNS servers themselves.')}`,
      nextStep: (p) =>
        `Check the DNS servers in the network settings of ${en.here(p)} and that they can be reached on port 53 (UDP and TCP); they must resolve ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: ({ hosts }) => `${ja.list(hosts)} のアドレスを返すリゾルバーがありません。`,
      cause: (p) =>
        `設定された DNS サーバーが応答しないか、エラーを返しているため、名前で指定する宛先には一切到達できません。${ja.ifAll(p, 'すべてのサーバーで同じ状態のため、DNS サーバー自体を確認してください。')}`,
      nextStep: (p) =>
        `${ja.here(p)}のネットワーク設定にある DNS サーバーと、そのポート 53 (UDP、TCP) への到達性を確認してください。${ja.list(p.hosts)} を解決できる必要があります。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'no-address', host })),
  find: eachResult({
    applies: (result, context) =>
      noAnswer(result) &&
      (noneResolved(context) || hostsOf(context.server.results.filter(noAnswer)).length > 1),
    about: () => 'resolver',
    part: nothing,
    details: nothing,
    evidence: resolverLines,
    affectsWholeServer: noneResolved,
  }),
});
