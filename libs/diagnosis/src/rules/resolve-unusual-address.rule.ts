import type { CheckResult } from '@mailpath/protocol';
import { censusOf } from '../census.ts';
import { distinct, getsThrough, type RuleContext } from '../look.ts';
import { classOf } from '../observe.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const unusual = ({ evidence: { dns } }: CheckResult): readonly string[] =>
  dns?.pinned ? [] : (dns?.unusual ?? []);

/** An address that no machine can be reached at is no other host's, but the way a filter says no. */
const SINKS = ['unspecified', 'loopback'];

const addressOf = (each: string): string => each.split(' ', 1)[0] ?? each;

const usedThrough = censusOf<string>((result) =>
  getsThrough(result) ? [[result.target.host, result.evidence.connect?.used ?? '']] : [],
);

/** Where a server with that very address gets through, it is the site's own arrangement and no fault. */
function servesSiblings(result: CheckResult, context: RuleContext): boolean {
  const serving = usedThrough(context, result.target.host);
  return unusual(result).some((each) => serving.has(addressOf(each)));
}

const rangeOf = (each: string): string => each.slice(addressOf(each).length + 1);

/**
 * Another of Microsoft's names leads this server into the same range, and it gets through there: a proxy or a private
 * link that stands for Microsoft, and no fault of a name. A sink stands for nobody.
 */
function rangeServes(result: CheckResult, { server }: RuleContext): boolean {
  const ranges = unusual(result)
    .map(rangeOf)
    .filter((range) => !SINKS.includes(range));
  return server.results.some(
    (other) =>
      getsThrough(other) &&
      classOf(other) === 'microsoft' &&
      other.target.host !== result.target.host &&
      unusual(other).some(
        (each) => ranges.includes(rangeOf(each)) && addressOf(each) === other.evidence.connect?.used,
      ),
  );
}

/** What answers there has a certificate of the name that is trusted: whatever breaks later, the address is good. */
const isProven = ({ evidence: { tls } }: CheckResult): boolean => tls?.trusted === true;

const fromHosts = ({ evidence: { dns } }: CheckResult): boolean =>
  (dns?.unusual ?? []).some((each) => dns?.settings?.hosts.includes(addressOf(each)));

/** The resolvers that gave one of them, with what they say of it themselves. */
const givers = (result: CheckResult): string[] =>
  (result.evidence.dns?.resolvers ?? []).flatMap(({ server, a, aaaa }) => {
    const gave = [a, aaaa].filter(({ records }) =>
      unusual(result).some((each) => records.includes(addressOf(each))),
    );
    const notes = distinct(gave.flatMap(({ extendedErrors = [] }) => extendedErrors));
    return gave.length === 0 ? [] : [notes.length > 0 ? `${server} (${notes.join(', ')})` : server];
  });

type Source = 'hosts' | 'sink' | 'other';

function sourceOf(results: readonly CheckResult[]): Source {
  if (results.every(fromHosts)) return 'hosts';
  return results.flatMap(unusual).every((each) => SINKS.some((sink) => each.endsWith(sink)))
    ? 'sink'
    : 'other';
}

export const resolveUnusualAddress = defineRule({
  id: 'resolve.unusual-address',
  items: ['C9'],
  phase: 'resolve',
  owner: ({ source }) => (source === 'hosts' ? 'server-administrator' : 'dns'),
  words: words<{ addresses: string[]; source?: Source; givers?: string[] }>({
    en: {
      sentence: ({ addresses, hosts }) =>
        `${en.list(hosts)} leads to ${en.list(addresses)}: not an address of Microsoft.`,
      cause: ({ source, givers = [] }) => {
        if (source === 'hosts') return 'An entry of the hosts file on this server leads the name astray.';
        const who = givers.length > 0 ? en.list(givers) : 'The DNS server';
        return source === 'sink'
          ? `${who} gives an address that leads nowhere: a DNS filter or sinkhole blocks the name.`
          : `${who} answers with an address of its own: an internal zone, a DNS filter or a sinkhole.`;
      },
      nextStep: (p) =>
        p.source === 'hosts'
          ? `Remove ${en.list(p.hosts)} from the hosts file of ${en.here(p)}.`
          : `Let the DNS team resolve ${en.list(p.hosts)} to what the public DNS says, for the resolvers of ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ addresses, hosts }) =>
        `${ja.list(hosts)} が ${ja.list(addresses)} に解決されます。これは Microsoft のアドレスではありません。`,
      cause: ({ source, givers = [] }) => {
        if (source === 'hosts')
          return 'このサーバーの hosts ファイルのエントリが、名前を誤った宛先に向けています。';
        const who = givers.length > 0 ? ja.list(givers) : 'DNS サーバー';
        return source === 'sink'
          ? `${who} がどこにも到達しないアドレスを返しています。DNS フィルターまたはシンクホールが、この方法で名前を遮断しています。`
          : `${who} が独自のアドレスを返しています。社内ゾーン、DNS フィルター、またはシンクホールが考えられます。`;
      },
      nextStep: (p) =>
        p.source === 'hosts'
          ? `${ja.here(p)}の hosts ファイルから ${ja.list(p.hosts)} を削除してください。`
          : `DNS 担当に、${ja.here(p)}のリゾルバーで ${ja.list(p.hosts)} を公開 DNS と同じ結果に解決するよう依頼してください。`,
    },
  }),
  claims: ({ hosts, addresses }) => hosts.map((host) => ({ claim: 'leads-to', host, addresses })),
  alike: { by: (result) => unusual(result).toSorted().join(' ') },
  find: eachResult({
    applies: (result, context) =>
      result.outcome === 'fail' &&
      unusual(result).length > 0 &&
      !isProven(result) &&
      !servesSiblings(result, context) &&
      !rangeServes(result, context),
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results) => ({
      source: sourceOf(results),
      givers: distinct(results.flatMap(givers)),
      addresses: distinct(results.flatMap(unusual)).map((each) => each.replace(/^([^ ]*) (.+)$/s, '$1 ($2)')),
    }),
    evidence: (results) => results.flatMap(unusual),
  }),
});
