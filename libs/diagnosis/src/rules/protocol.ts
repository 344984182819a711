import type { CheckResult } from '@mailpath/protocol';
import type { Told } from '../words/told.ts';
import { defineRule, eachResult, messages, nothing } from '../rule.ts';

const seen = (result: CheckResult): string =>
  result.evidence.unexpected?.line ?? result.failure?.message ?? '';
/** A clear answer of the other end's is for the rules that know what it means. */
const OTHER_END_SAID = ['denied', 'unavailable', 'throttled'];
const CUT = ['timeout', 'reset', 'closed'];

const offersNoXoauth2 = ({ failure, evidence }: CheckResult): boolean => {
  if (failure?.phase !== 'greet' || failure.code !== 'unexpected-reply') return false;
  const offered = evidence.imap?.capability ?? evidence.pop3?.capa ?? evidence.smtp?.ehloAfterTls ?? [];
  return offered.length > 0 && !offered.some((line) => /XOAUTH2/i.test(line));
};

export const xoauth2NotOffered = defineRule({
  id: 'greet.no-xoauth2',
  items: ['X6'],
  owner: 'network',
  find: eachResult<'greet.no-xoauth2'>({ applies: offersNoXoauth2, details: nothing }),
});

export const startTlsStripped = defineRule({
  id: 'starttls.missing',
  items: ['X6', 'C10'],
  owner: 'network',
  find: eachResult<'starttls.missing'>({
    applies: ({ failure }) => failure?.phase === 'starttls' && failure.code === 'unexpected-reply',
    details: nothing,
    evidence: (results) => [
      ...messages(results),
      ...results.flatMap(({ evidence }) => evidence.smtp?.ehlo ?? []),
    ],
  }),
});

export const greetingSilent = defineRule({
  id: 'greet.silent',
  items: ['C10'],
  owner: 'network',
  find: eachResult<'greet.silent'>({
    applies: ({ failure }) =>
      (failure?.phase === 'greet' || failure?.phase === 'starttls') && CUT.includes(failure.code),
    details: ([first]) => ({ silent: first.failure?.code === 'timeout' }),
  }),
});

/** RFC 5321, section 4.2.1: a 4xx asks to come again, and every server is asked it. */
const turnsAllAway = ({ line, spread }: Told & { line: string }): boolean =>
  spread === 'all' && /^4\d\d[ -]/.test(line);

export const greetingWrong = defineRule({
  id: 'greet.unexpected',
  items: (told) => (turnsAllAway(told) ? ['X7', 'C10'] : ['C10']),
  owner: (told) => (turnsAllAway(told) ? 'microsoft' : 'network'),
  confidence: 'possible',
  find: eachResult<'greet.unexpected'>({
    applies: ({ failure }) => failure?.phase === 'greet' && failure.code === 'unexpected-reply',
    details: ([first]) => ({ line: seen(first) }),
  }),
});

export const httpSilent = defineRule({
  id: 'http.silent',
  items: ['C9'],
  owner: 'proxy',
  find: eachResult<'http.silent'>({
    applies: ({ failure }) => failure?.phase === 'http' && CUT.includes(failure.code),
    details: nothing,
  }),
});

export const httpUnexpected = defineRule({
  id: 'http.unexpected',
  items: ['C9'],
  owner: ({ serverError, spread }) => (serverError && spread === 'all' ? 'microsoft' : 'proxy'),
  confidence: 'possible',
  find: eachResult<'http.unexpected'>({
    applies: ({ failure }) => failure?.phase === 'http' && !OTHER_END_SAID.includes(failure.code),
    details: ([first]) => ({
      line: seen(first),
      serverError: (first.evidence.http?.status ?? 0) >= 500,
    }),
  }),
});
