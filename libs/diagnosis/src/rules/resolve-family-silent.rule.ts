import type { CheckResult, ResolverEvidence } from '@mailpath/protocol';
import { isSilent } from '../evidence/name-troubles.ts';
import { resolverLines, systemFails } from '../evidence/name-lookups.ts';
import { distinct, getsThrough } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

type Kind = 'A' | 'AAAA';

/** The kind of address that a resolver never told of, while it gave the other one. */
function silentFor({ a, aaaa }: ResolverEvidence): Kind | null {
  if (a.records.length > 0 && isSilent(aaaa)) return 'AAAA';
  return aaaa.records.length > 0 && isSilent(a) ? 'A' : null;
}

/** The resolvers that answer for one family alone. */
export const halfSilent = ({
  evidence: { dns },
}: CheckResult): { resolver: ResolverEvidence; kind: Kind }[] =>
  (dns?.resolvers ?? []).flatMap((resolver) => {
    const kind = silentFor(resolver);
    return kind === null ? [] : [{ resolver, kind }];
  });

const kindOf = (result: CheckResult): Kind => halfSilent(result)[0]?.kind ?? 'AAAA';

const FAMILY: Readonly<Record<Kind, string>> = { A: 'IPv4', AAAA: 'IPv6' };

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

interface Details {
  kind: Kind;
  resolvers: string[];
  addresses: string[];
  waitedMs: number;
}

/** Mail programs give up on a connection after some seconds, names included. */
const TOO_LONG_MS = 5_000;

/** A look-up that is answered takes milliseconds; the system asks again, or gives up, after a second or more. */
const WAITS_MS = 1_000;

/** It got its addresses in the end, and waited for the other family as long as the system does. */
const hasWaited = (result: CheckResult): boolean =>
  getsThrough(result) && (result.evidence.dns?.ms ?? 0) >= WAITS_MS;

const halfSilentResults = (applies: (result: CheckResult) => boolean) =>
  eachResult({
    applies: (result) => applies(result) && halfSilent(result).length > 0,
    about: kindOf,
    part: (result) => ({ family: kindOf(result) === 'A' ? 4 : 6 }),
    details: ([first, ...more]): Details => {
      const each = [first, ...more].flatMap(halfSilent).map(({ resolver }) => resolver);
      return {
        kind: kindOf(first),
        resolvers: distinct(each.map(({ server }) => server)),
        addresses: distinct(each.flatMap(({ a, aaaa }) => [...a.records, ...aaaa.records])),
        waitedMs: Math.max(...[first, ...more].map(({ evidence }) => evidence.dns?.ms ?? 0)),
      };
    },
    evidence: resolverLines,
  });

const given = halfSilentResults(
  (result) => systemFails(result) || result.evidence.dns?.borrowedFrom !== undefined,
);
const waited = halfSilentResults(hasWaited);

/**
 * The system asks for both families and waits for both: the silence of one delays or fails what the other would serve.
 */
export const resolveFamilySilent = defineRule({
  id: 'resolve.family-silent',
  items: ['C9'],
  phase: 'resolve',
  owner: 'dns',
  after: ['mailpath.internal', 'throttled'],
  words: words<Details>({
    en: {
      sentence: ({ hosts, kind, resolvers, addresses }) =>
        `${en.list(resolvers)} gives ${en.list(addresses)} for ${en.list(hosts)} and never answers the question for ${FAMILY[kind]} (${kind}).`,
      cause: ({ waitedMs }) =>
        `Programs that ask for both families wait for the answer that never comes: here for ${seconds(waitedMs)} s${waitedMs < TOO_LONG_MS ? '' : ', longer than mail programs allow'}. The DNS server, or a firewall before it, drops one kind of question.`,
      nextStep: ({ kind, resolvers }) =>
        `Let ${en.list(resolvers)}, or the firewall before it, answer ${kind} questions, if only with "none".`,
    },
    ja: {
      sentence: ({ hosts, kind, resolvers, addresses }) =>
        `${ja.list(resolvers)} は ${ja.list(hosts)} に ${ja.list(addresses)} を返しますが、${FAMILY[kind]} (${kind}) の問い合わせには応答しません。`,
      cause: ({ waitedMs }) =>
        `両方のアドレス ファミリーを問い合わせるプログラムは、届かない応答を待ち続けます。ここでは ${seconds(waitedMs)} 秒${waitedMs < TOO_LONG_MS ? 'です' : 'で、メール プログラムの許容時間を超えます'}。DNS サーバー、またはその手前のファイアウォールが一方の問い合わせを破棄しています。`,
      nextStep: ({ kind, resolvers }) =>
        `${ja.list(resolvers)} またはその手前のファイアウォールが、${kind} の問い合わせに (「なし」だけでも) 応答するようにしてください。`,
    },
  }),
  claims: ({ kind, resolvers, addresses }) => [
    { claim: 'resolver-gives', resolvers, addresses },
    { claim: 'family-unanswered', kind, resolvers },
  ],
  find: (context) => {
    const failed = given(context);
    if (failed.length > 0) return failed;
    const waiting = context.server.results.filter(hasWaited);
    return waited({ ...context, unexplained: waiting }).map((clue) => ({
      ...clue,
      weighAs: 'warn' as const,
    }));
  },
});
