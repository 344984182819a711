import type { Finding } from '@mailpath/protocol';
import type { Claim } from './claim.ts';

type Claims = (finding: Finding) => readonly Claim[];
const says =
  (...claims: Claim[]): Claims =>
  () =>
    claims;

/**
 * What a known answer means, read from the words that the finding tells of it; nothing of an answer that nobody knows.
 */
const MEANINGS: readonly [RegExp, Claim][] = [
  [
    /\blicen[cs]e|\bno mailbox|mailbox (?:does not exist|has moved|is not found|was not found)/i,
    'answer-says: no mailbox',
  ],
  [/mailbox is full|over its quota|quota of (?:the )?mailbox/i, 'answer-says: mailbox full'],
  [/another session|in use/i, 'answer-says: mailbox in use'],
  [
    /limit of (?:messages|recipients)|sending limit|too many (?:messages|recipients)/i,
    'answer-says: sending limit',
  ],
  [/blocked (?:from|as a) send|restricted entit|outbound spam/i, 'answer-says: sender blocked'],
  [/recipient/i, 'answer-says: recipient'],
  [/content|message (?:itself )?is (?:not accepted|too)/i, 'answer-says: content'],
  [/syntax|malformed|arguments?/i, 'answer-says: syntax'],
  [/basic authentication/i, 'answer-says: basic authentication ended'],
  [/switched off|is disabled for the (?:mailbox|tenant)|protocol is off/i, 'answer-says: protocol off'],
  [/send as|full access|no right|permission/i, 'answer-says: permission'],
  [/multi-?factor/i, 'answer-says: multi-factor'],
  [/conditional access|policy|security defaults/i, 'answer-says: policy'],
  [/unavailable|cannot now/i, 'answer-says: unavailable'],
];

const meaningOf = ({ params }: Finding): string | null => {
  const { answer } = params as { answer?: { meaning?: { en?: string } } | null };
  return answer?.meaning?.en ?? null;
};

/**
 * The first meaning that its words have, or what the rule stands for; `answer-unknown` where nobody knows the answer.
 */
const answered =
  (otherwise: Claim): Claims =>
  (finding) => {
    const meaning = meaningOf(finding);
    if (meaning === null && 'answer' in finding.params) return ['answer-unknown'];
    const known = MEANINGS.find(([words]) => words.test(meaning ?? ''));
    return [known?.[1] ?? otherwise];
  };

/** What the reader is told to do, whatever the rule. */
const REMEDIES: readonly [RegExp, Claim][] = [
  [/Add-RecipientPermission/, 'grant-send-as'],
  [/(?:create|make) the token again|new token in ECE|sign in (?:again|anew) in ECE/i, 'create-token-again'],
  [/^(?:Wait|Look again later)/, 'wait-and-see'],
];

const ofDistrust: Claims = ({ evidence }) => {
  const text = evidence.join('\n');
  if (/WEAK|TOO_SMALL|TOO_WEAK|UNSPECIFIED/.test(text)) return ['tls-weak'];
  if (/DEPTH_ZERO_SELF_SIGNED/.test(text)) return ['tls-self-signed'];
  return ['tls-intercepted'];
};
const ofDates: Claims = ({ evidence }) =>
  /NOT_YET_VALID/.test(evidence.join('\n')) ? ['tls-certificate-not-yet-valid'] : ['tls-certificate-expired'];
const dropped: Claims = ({ params }) =>
  ['refused', 'rejected'].includes(String(params['how'])) ? ['port-closed'] : ['port-dropped'];
const silentOr =
  (silent: Claim, cut: Claim): Claims =>
  ({ params }) => [params['silent'] === true ? silent : cut];

/**
 * What a finding claims, by its rule and, where one rule speaks of several causes, by its params. Kept apart from the
 * situations, so that whoever writes those need not know the rules; whoever builds the rules writes it, before a set is
 * judged for the first time.
 */
export const CLAIMS_OF_RULES: Readonly<Record<string, Claims>> = {
  'server.offline': says('network-down'),
  'mailpath.server-silent': says('server-does-not-report'),
  'connect.refused': says('port-closed'),
  'connect.timeout': says('port-dropped'),
  'connect.unreachable': says('port-dropped'),
  'connect.broken': says('connection-reset'),
  'connect.mail-ports': dropped,
  'connect.host-closed': dropped,
  'connect.port-closed': dropped,
  'connect.some-addresses': says('one-address'),
  'connect.family-dead': says('one-address'),
  'connect.only-together': says('path-lossy'),
  'path.latency': says('path-slow'),
  'proxy.denies': says('proxy-refuses'),
  'clock.wrong': says('clock-wrong'),
  'resolve.not-found': says('dns-nxdomain'),
  'resolve.no-name': says('dns-nxdomain'),
  'resolve.no-answer': says('dns-silent'),
  'resolve.name-fails': says('dns-servfail'),
  'resolve.hosts-entry': says('dns-wrong-address'),
  'resolve.unusual-address': says('dns-wrong-address'),
  'resolve.other-answer': says('dns-wrong-address'),
  'resolve.one-resolver': says('dns-silent'),
  'tls.untrusted': ofDistrust,
  'tls.other-issuer': says('tls-intercepted'),
  'tls.expired': ofDates,
  'tls.other-name': says('tls-other-name'),
  'tls.failed': says('tls-old-version'),
  'tls.older-version': says('tls-intercepted'),
  'tls.cut': says('tls-handshake-cut'),
  'tls.black-hole': says('tls-handshake-cut'),
  'starttls.missing': says('capability-removed'),
  'greet.no-xoauth2': says('capability-removed'),
  'greet.silent': silentOr('accepted-and-silent', 'connection-reset'),
  'greet.unexpected': says('not-the-service'),
  'http.silent': says('accepted-and-silent'),
  'http.unexpected': says('not-the-service'),
  'token.expired': says('answer-says: grant ended'),
  'token.revoked': says('answer-says: grant ended'),
  'token.other-user': says('other-user'),
  'token.audience': says('answer-says: consent'),
  'token.scope': says('answer-says: consent'),
  'token.consent': says('answer-says: consent'),
  'token.tenant': says('answer-says: wrong tenant'),
  'token.other-application': says('answer-says: registration'),
  'token.redirect': says('answer-says: registration'),
  'token.registration': says('answer-says: registration'),
  'token.secret': says('answer-says: client secret'),
  'token.account': says('answer-says: account'),
  'token.policy': answered('answer-says: policy'),
  'token.restricted': says('answer-says: policy'),
  'token.redeem-here': answered('answer-says: policy'),
  'token.refresh-here': answered('answer-says: policy'),
  'token.unavailable': says('answer-says: unavailable'),
  'token.denied': answered('answer-says: grant ended'),
  'smtp.auth-off': says('answer-says: protocol off'),
  'smtp.refused-alone': answered('answer-says: protocol off'),
  'login.token-refused': answered('answer-says: sign-in refused'),
  'mailbox.refused': answered('answer-says: permission'),
  'send.denied': answered('answer-says: permission'),
  'login.unavailable': answered('answer-says: unavailable'),
  throttled: says('answer-says: throttled'),
};

export const claimsOf = (finding: Finding): readonly Claim[] => [
  ...(CLAIMS_OF_RULES[finding.rule]?.(finding) ?? []),
  ...REMEDIES.flatMap(([words, claim]) => (words.test(finding.nextStep) ? [claim] : [])),
  ...(finding.owner === 'mailpath' ? (['mailpath-at-fault'] as const) : []),
];
