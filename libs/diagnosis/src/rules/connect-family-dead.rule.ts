import type { CheckResult } from '@mailpath/protocol';
import { attemptLines, deadOf, isDead } from '../evidence/connects.ts';
import { distinct } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** The family of which no address was reached, while the other one was. */
function deadFamily(result: CheckResult): 4 | 6 | null {
  const { attempts = [] } = result.evidence.connect ?? {};
  const reached = (family: 4 | 6) =>
    attempts.some((each) => each.family === family && each.outcome === 'reached');
  const dead = (family: 4 | 6) => {
    const own = attempts.filter((each) => each.family === family);
    return own.length > 0 && own.every(isDead);
  };
  if (dead(6) && reached(4)) return 6;
  return dead(4) && reached(6) ? 4 : null;
}

export const connectFamilyDead = defineRule({
  id: 'connect.family-dead',
  phase: 'connect',
  items: ['C10'],
  owner: 'network',
  after: ['clock.wrong', 'tls.failed', 'starttls.missing', 'http.unexpected'],
  words: words<{ family: 4 | 6; addresses: string[] }>({
    en: {
      sentence: ({ family, hosts }) =>
        `No IPv${family} address of ${en.list(hosts)} can be reached; the other family works.`,
      cause: (p) =>
        `IPv${p.family} has an address and a route here, but leads nowhere. Clients that try it first wait, and Java programs may fail.${en.ifLocal(p, 'Other servers have a working path.')}`,
      nextStep: (p) =>
        `Repair IPv${p.family} on the path of ${en.here(p)}, or take it off where it is not meant to be used.`,
    },
    ja: {
      sentence: ({ family, hosts }) =>
        `${ja.list(hosts)} の IPv${family} アドレスにはどれも到達できません。もう一方のアドレス ファミリーは正常です。`,
      cause: (p) =>
        `IPv${p.family} のアドレスと経路は設定されていますが、実際には通信できません。先に IPv${p.family} を試すクライアントは待たされ、Java プログラムは失敗することがあります。${ja.ifLocal(p, 'ほかのサーバーの経路は正常です。')}`,
      nextStep: (p) =>
        `${ja.here(p)}の IPv${p.family} の経路を修復するか、使用しない場合は IPv${p.family} を無効にしてください。`,
    },
  }),
  claims: ({ family, hosts }) => [{ claim: 'family-dead', family, hosts }],
  find: eachResult({
    applies: (result) => result.outcome === 'warn' && deadFamily(result) !== null,
    about: (result) => `IPv${deadFamily(result)}`,
    part: (result) => ({ family: deadFamily(result) ?? 6 }),
    details: ([first, ...more]) => ({
      family: deadFamily(first) ?? 6,
      addresses: distinct([first, ...more].flatMap(deadOf).map(({ address }) => address)),
    }),
    evidence: attemptLines,
  }),
});
