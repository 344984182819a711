import type { CheckResult } from '@mailpath/protocol';
import { distinct, type Look, placeOf } from '../look.ts';
import { type ClueOf, defineRule, eachResult, messages, nothing, placePart } from '../rule.ts';

/** Issuer and subject of what was presented, for a sentence. */
function presented({ evidence }: CheckResult): { issuer: string; subject: string; distrust: string } {
  const [own] = evidence.tls?.chain ?? [];
  return {
    issuer: own?.issuer ?? '?',
    subject: own?.subject ?? '?',
    distrust: evidence.tls?.distrust ?? '?',
  };
}

/** A round trip that cannot read tells of another place's certificate, which it does not have. */
const untrusted = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'tls' && failure.code === 'untrusted';
const distrustIs = (result: CheckResult, ...codes: string[]): boolean =>
  untrusted(result) && codes.includes(presented(result).distrust);
const certificateLines = (results: readonly CheckResult[]): string[] =>
  results.map((result) => {
    const { subject, issuer, distrust } = presented(result);
    return `${placeOf(result)}: subject ${subject}; issuer ${issuer}; ${distrust}`;
  });

/** The certificate is out of its dates, by the clock of the one who looked. */
export const outOfDates = (result: CheckResult): boolean =>
  distrustIs(result, 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID');

export const certificateExpired = defineRule({
  id: 'tls.expired',
  items: ['X6', 'X9'],
  owner: 'proxy',
  find: eachResult<'tls.expired'>({
    applies: outOfDates,
    details: ([first]) => ({ issuer: presented(first).issuer }),
    evidence: certificateLines,
  }),
});

export const certificateForOtherName = defineRule({
  id: 'tls.other-name',
  items: ['X6'],
  owner: 'network',
  find: eachResult<'tls.other-name'>({
    applies: (result) => distrustIs(result, 'ERR_TLS_CERT_ALTNAME_INVALID'),
    details: ([first]) => ({ subject: presented(first).subject }),
    evidence: certificateLines,
  }),
});

export const certificateUntrusted = defineRule({
  id: 'tls.untrusted',
  items: ['X6'],
  owner: 'proxy',
  find: eachResult<'tls.untrusted'>({
    applies: untrusted,
    about: (result) => presented(result).issuer,
    part: nothing,
    details: ([first]) => ({ issuer: presented(first).issuer }),
    evidence: certificateLines,
  }),
});

const stalls = ({ failure }: CheckResult): boolean => failure?.phase === 'tls' && failure.code === 'timeout';
const reachesTls = ({ phases, failure }: CheckResult): boolean =>
  failure?.phase === 'tls' || phases.some(({ name }) => name === 'tls');
/** A greeting in plain text came before the handshake: small packets pass. */
const greetedBefore = ({ evidence }: CheckResult): boolean => (evidence.smtp?.ehlo?.length ?? 0) > 0;

/** Small packets pass and large ones do not: greetings in plain text come, and no handshake of any host gets through. */
export const blackHole = defineRule({
  id: 'tls.black-hole',
  items: ['X6', 'C10'],
  owner: 'network',
  find: ({ server, open }: Look): readonly ClueOf<'tls.black-hole'>[] => {
    const handshakes = server.results.filter(reachesTls);
    const stalled = handshakes.filter((result) => open.includes(result) && stalls(result));
    const places = distinct(stalled.map(placeOf));
    if (stalled.length < handshakes.length || places.length < 2 || !stalled.some(greetedBefore)) return [];
    return [{ about: 'path MTU', results: stalled, wide: true, evidence: messages(stalled), details: {} }];
  },
});

const isCut = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'tls' && ['reset', 'closed', 'timeout'].includes(failure.code);

/** Where no handshake at all gets through, it is no matter of one place. */
const whereCut = (result: CheckResult, { server }: Look): string => {
  const handshakes = server.results.filter(reachesTls);
  const places = distinct(handshakes.map(placeOf));
  return places.length > 1 && handshakes.every(isCut) ? 'every handshake' : placeOf(result);
};

export const tlsCut = defineRule({
  id: 'tls.cut',
  items: ['X6'],
  owner: 'network',
  find: eachResult<'tls.cut'>({
    applies: isCut,
    about: whereCut,
    part: (result, look) => (whereCut(result, look) === placeOf(result) ? placePart(result) : {}),
    details: ([first]) => ({ silent: first.failure?.code === 'timeout' }),
  }),
});

export const tlsFailed = defineRule({
  id: 'tls.failed',
  items: ['X6'],
  owner: 'network',
  find: eachResult<'tls.failed'>({
    applies: ({ failure }) => failure?.phase === 'tls' && failure.code !== 'internal',
    details: (results) => ({
      offered: distinct(results.flatMap(({ evidence }) => evidence.tlsOffered?.versions ?? [])),
    }),
  }),
});
