import type { CheckResult } from '@mailpath/protocol';
import {
  failsToResolve,
  isNotFound,
  lookedUp,
  nameDetails,
  resolverLines,
} from '../evidence/name-lookups.ts';
import { hostsOf, type RuleContext } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import * as enNames from '../words/en/name-troubles.ts';
import * as jaNames from '../words/ja/name-troubles.ts';
import { isTold, type NameDetails, ownerOfTroubles } from '../words/name-troubles.ts';
import { words } from '../words/told.ts';

const noAnswer = (result: CheckResult): boolean => failsToResolve(result) && !isNotFound(result);

const noneResolved = (context: RuleContext): boolean => lookedUp(context).every(failsToResolve);

/** A resolver that fails for one name after the other is one cause, whether or not it answered now and then. */
export const resolveNoAnswer = defineRule({
  id: 'resolve.no-answer',
  items: ['C9'],
  phase: 'resolve',
  owner: ownerOfTroubles,
  after: [
    'resolve.comes-and-goes',
    'mailpath.internal',
    'throttled',
    'resolve.family-silent',
    'resolve.system-fails',
  ],
  words: words<NameDetails>({
    en: {
      sentence: (p) =>
        isTold(p)
          ? `No address is found for ${en.list(p.hosts)}: ${enNames.did(p)}.`
          : `No resolver gave an address for ${en.list(p.hosts)}.`,
      cause: (p) =>
        isTold(p)
          ? enNames.causes(p)
          : `The configured DNS servers did not answer, or answered with an error, so nothing behind a name can be reached.${en.ifAll(p, 'All servers are without: look at the DNS servers themselves.')}`,
      nextStep: (p) =>
        isTold(p)
          ? enNames.steps(p)
          : `Check the DNS servers in the network settings of ${en.here(p)} and that they can be reached on port 53 (UDP and TCP); they must resolve ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: (p) =>
        isTold(p)
          ? `${ja.list(p.hosts)} のアドレスが得られません: ${jaNames.did(p)}。`
          : `${ja.list(p.hosts)} のアドレスを返すリゾルバーがありません。`,
      cause: (p) =>
        isTold(p)
          ? jaNames.causes(p)
          : `設定された DNS サーバーが応答しないか、エラーを返しているため、名前で指定する宛先には一切到達できません。${ja.ifAll(p, 'すべてのサーバーで同じ状態のため、DNS サーバー自体を確認してください。')}`,
      nextStep: (p) =>
        isTold(p)
          ? jaNames.steps(p)
          : `${ja.here(p)}のネットワーク設定にある DNS サーバーと、そのポート 53 (UDP、TCP) への到達性を確認してください。${ja.list(p.hosts)} を解決できる必要があります。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'no-address', host })),
  find: eachResult({
    applies: (result, context) =>
      noAnswer(result) &&
      (noneResolved(context) || hostsOf(context.server.results.filter(noAnswer)).length > 1),
    about: () => 'resolver',
    part: nothing,
    details: nameDetails,
    evidence: resolverLines,
    affectsWholeServer: noneResolved,
  }),
});
