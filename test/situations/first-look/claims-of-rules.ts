import type { Finding } from '@mailpath/protocol';
import type { Claim } from './claim.ts';
import { meantBy, ofOneResolver, troublesOr } from './meanings.ts';

type Claims = (finding: Finding) => readonly Claim[];
const says =
  (...claims: Claim[]): Claims =>
  () =>
    claims;

/**
 * What the answer says by the tables; where they do not know it, that, and what the rule's own words say. `possible` is
 * no cause given as certain.
 */
const answered =
  (...otherwise: Claim[]): Claims =>
  (finding) => {
    const meant = meantBy(finding);
    if (meant === null) return ['answer-unknown', ...otherwise];
    return meant.length > 0 ? meant : otherwise;
  };

/** What the rule's sentence says whatever the answer, and what the answer says besides. */
const always =
  (...claims: Claim[]): Claims =>
  (finding) => [...claims, ...(meantBy(finding) ?? [])];

/** What the reader is told to do, whatever the rule. */
const REMEDIES: readonly [RegExp, Claim][] = [
  [/Add-RecipientPermission/, 'grant-send-as'],
  // As the remedy; after another one, which has to come first, a new token is only its end.
  [/^(?:Create|Make) the token (?:again|anew)/, 'create-token-again'],
  [/^(?:Wait|Look again later|Try again later)/, 'wait-and-see'],
];

const ofDistrust: Claims = ({ evidence, params }) => {
  const text = JSON.stringify([params['distrust'], ...evidence]);
  if (/WEAK|TOO_SMALL/.test(text)) return ['tls-weak'];
  if (/DEPTH_ZERO_SELF_SIGNED/.test(text)) return ['tls-self-signed', 'tls-intercepted'];
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
  'mailpath.agent-clock': says('clock-wrong'),
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
  'path.slow': says('path-slow'),
  'path.loss': says('path-lossy'),
  'path.flapping': says('path-lossy'),
  'path.one-front-end': says('one-address'),
  'proxy.denies': says('proxy-refuses'),
  'proxy.unreachable': dropped,
  'clock.wrong': says('clock-wrong'),
  'resolve.not-found': troublesOr('dns-nxdomain'),
  'resolve.no-name': troublesOr('dns-nxdomain'),
  'resolve.no-answer': troublesOr('dns-silent'),
  'resolve.name-fails': troublesOr('dns-servfail'),
  'resolve.hosts-entry': says('dns-wrong-address'),
  'resolve.unusual-address': says('dns-wrong-address'),
  'resolve.other-answer': says('dns-wrong-address'),
  'resolve.one-resolver': ofOneResolver,
  'resolve.comes-and-goes': (finding) => ['dns-flapping', ...troublesOr()(finding)],
  'resolve.family-silent': says('dns-one-family-silent'),
  'resolve.system-fails': troublesOr(),
  'resolve.search-domain': says('dns-wrong-address', 'dns-nxdomain'),
  'resolve.slow': says('dns-slow'),
  'tls.untrusted': ofDistrust,
  'tls.expires-soon': says('tls-certificate-expired'),
  'tls.other-issuer': says('tls-intercepted'),
  'tls.weak': says('tls-weak'),
  'tls.missing-intermediate': says('tls-intermediate-missing'),
  'tls.missing-root': says('tls-root-missing'),
  'tls.java-lacks-root': says('tls-root-missing'),
  // Nothing is wrong where this is said.
  'tls.roots-needed': says(),
  'tls.expired': ofDates,
  'tls.other-name': says('tls-other-name'),
  'tls.failed': says('tls-old-version', 'not-the-service'),
  'tls.older-version': says('tls-intercepted'),
  'tls.cut': ({ params }) => [
    'tls-handshake-cut',
    params['silent'] === true ? 'accepted-and-silent' : 'connection-reset',
  ],
  'tls.black-hole': says('tls-handshake-cut'),
  'starttls.missing': ({ params }) => [
    // Offered and refused: nothing was taken out of the answer.
    params['refused'] ? 'answer-says: unavailable' : 'capability-removed',
  ],
  'greet.no-xoauth2': says('capability-removed'),
  'greet.silent': silentOr('accepted-and-silent', 'connection-reset'),
  'greet.unexpected': says('not-the-service'),
  'greet.refused': answered(),
  'http.silent': says('accepted-and-silent'),
  'http.unexpected': ({ params }) => [
    params['wantsNewerTls'] === true ? 'tls-old-version' : 'not-the-service',
  ],
  'http.sent-away': says('not-the-service', 'proxy-refuses'),
  'token.expired': says('answer-says: grant ended'),
  'token.silent': says('accepted-and-silent'),
  'token.revoked': always('answer-says: grant ended'),
  'token.other-user': says('other-user'),
  'token.guest': says('other-user', 'answer-says: wrong tenant'),
  'token.audience': says('answer-says: consent'),
  'token.scope': says('answer-says: consent'),
  'token.consent': always('answer-says: consent'),
  'token.tenant': says('answer-says: wrong tenant'),
  'token.other-application': says('answer-says: registration'),
  'token.redirect': says('answer-says: registration'),
  'token.redirect-platform': says('answer-says: registration'),
  'token.other-tenant-grant': says('answer-says: wrong tenant'),
  'token.app-role': says('answer-says: consent'),
  'token.registration': always('answer-says: registration'),
  'token.secret': says('answer-says: client secret'),
  'token.account': always('answer-says: account'),
  'token.policy': always('answer-says: policy'),
  'token.restricted': says('answer-says: policy'),
  'token.redeem-here': answered('answer-says: registration', 'answer-says: grant ended'),
  'token.refresh-here': answered('answer-says: grant ended', 'answer-says: policy'),
  'token.unavailable': says('answer-says: unavailable'),
  'token.denied': answered(),
  'smtp.auth-off': always('answer-says: protocol off'),
  'pop3.refused-alone': always('answer-says: protocol off', 'answer-says: permission'),
  'smtp.refused-alone': answered('answer-says: protocol off', 'answer-says: consent'),
  'login.service-principal': always('answer-says: permission'),
  'login.silent': says('connection-reset'),
  'mailbox.no-log-on': always('answer-says: permission'),
  'login.token-refused': answered('answer-says: sign-in refused'),
  'mailbox.refused': answered(),
  'send.denied': (finding) =>
    finding.params['sendAs'] === true ? ['answer-says: permission'] : answered()(finding),
  'login.unavailable': always('answer-says: unavailable'),
  // None of these has a word in the list.
  'mail.not-returned': says(),
  'mailpath.internal': says(),
  'mailpath.unexplained': says('answer-unknown'),
  'mailpath.agent-cloned': says(),
  'mailpath.check-silent': says(),
  'mailpath.approval-awaited': says(),
  'path.other-egress': says(),
  'path.other-region': says(),
  throttled: says('answer-says: throttled'),
};

export const claimsOf = (finding: Finding): readonly Claim[] => [
  ...(CLAIMS_OF_RULES[finding.rule]?.(finding) ?? []),
  ...REMEDIES.flatMap(([words, claim]) => (words.test(finding.nextStep) ? [claim] : [])),
  ...(finding.owner === 'mailpath' ? (['mailpath-at-fault'] as const) : []),
];
