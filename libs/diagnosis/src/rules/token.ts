import type { CheckResult } from '@mailpath/protocol';
import type { Look } from '../look.ts';
import { type ClueOf, defineRule, eachResult, nothing } from '../rule.ts';
import * as codes from '../sign-in/codes.ts';
import {
  isTokenCheck,
  knownAnswer,
  refusal,
  sameUser,
  throughElsewhere,
  userFor,
} from '../sign-in/sign-in.ts';
import type { DetailsOf, ParamsOf, RuleId } from '../words/catalogue.ts';
import { isLocal, type Refusal } from '../words/told.ts';

const aadstsOf = ({ evidence }: CheckResult): number | null =>
  evidence.token?.aadsts ?? evidence.redirect?.aadsts ?? null;
const errorOf = ({ evidence }: CheckResult): string =>
  evidence.token?.error ?? evidence.redirect?.error ?? '';
/** Refused by the token endpoint, or by the authorize endpoint when a redirect URI was tried. */
const isDenied = ({ failure, evidence }: CheckResult): boolean =>
  failure?.code === 'denied' && (failure.phase === 'token' || evidence.redirect !== undefined);
const deniedWith =
  (numbers: ReadonlySet<number>, ...errors: readonly string[]) =>
  (result: CheckResult): boolean =>
    isDenied(result) && (numbers.has(aadstsOf(result) ?? 0) || errors.includes(errorOf(result)));

/** The evidence that Microsoft's support and the sign-in log ask for. */
const tokenLines = (results: readonly CheckResult[]): string[] =>
  results.map(({ check, target, failure, evidence: { token } }) =>
    [
      `${check} ${target.mailbox ?? target.name}: ${failure?.message}`,
      ...(token?.correlationId ? [`correlation id ${token.correlationId}`] : []),
      ...(token?.traceId ? [`trace id ${token.traceId}`] : []),
      ...(token?.timestamp ? [token.timestamp] : []),
    ].join('; '),
  );

/** The rules whose words need one refusal and nothing else. */
type RefusalRule = { [Id in RuleId]: Refusal extends ParamsOf<Id> ? Id : never }[RuleId];

/** A refused token request; another server that is given a token for the same user does not have the cause. */
const refused = <Id extends RefusalRule>(
  applies: (result: CheckResult, look: Look) => boolean,
  about: (result: CheckResult, look: Look) => string,
): ((look: Look) => ClueOf<Id>[]) =>
  eachResult<Id>({
    applies,
    about,
    part: nothing,
    // RefusalRule says that this is all they need; the compiler cannot follow that through the id.
    details: (results, look) => refusal(results, look) as unknown as DetailsOf<Id>,
    evidence: tokenLines,
    more: ([first], look) => ({
      answer: knownAnswer(first, look),
      spares: (other) => isTokenCheck(other) && sameUser(userFor(other, look), userFor(first, look)),
    }),
  });

const application = (): string => 'application';

export const clientSecret = defineRule({
  id: 'token.secret',
  items: ['X1'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  find: refused<'token.secret'>(deniedWith(codes.SECRET, 'invalid_client'), application),
});

export const consentMissing = defineRule({
  id: 'token.consent',
  items: ['X2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  find: refused<'token.consent'>(deniedWith(codes.CONSENT, 'consent_required', 'invalid_scope'), application),
});

export const redirectUri = defineRule({
  id: 'token.redirect',
  items: ['C3', 'C2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  find: refused<'token.redirect'>(deniedWith(codes.REDIRECT), application),
});

export const registration = defineRule({
  id: 'token.registration',
  items: ['X3', 'C3'],
  owner: 'entra',
  ofTenant: true,
  find: refused<'token.registration'>(deniedWith(codes.REGISTRATION, 'unauthorized_client'), application),
});

export const account = defineRule({
  id: 'token.account',
  items: ['C5', 'X5'],
  owner: 'entra',
  ofTenant: true,
  find: refused<'token.account'>(deniedWith(codes.ACCOUNT), userFor),
});

export const grantRevoked = defineRule({
  id: 'token.revoked',
  items: ['C4'],
  owner: 'ece-administrator',
  ofTenant: true,
  find: refused<'token.revoked'>(deniedWith(codes.REVOKED), userFor),
});

export const policy = defineRule({
  id: 'token.policy',
  items: ['X4'],
  owner: 'entra',
  confidence: (told) => (isLocal(told) ? 'likely' : 'certain'),
  ofTenant: true,
  find: refused<'token.policy'>(deniedWith(codes.POLICY), (result) => `AADSTS${aadstsOf(result)}`),
});

export const tenantRestricted = defineRule({
  id: 'token.restricted',
  items: ['X6', 'X3'],
  owner: 'proxy',
  confidence: 'certain',
  find: refused<'token.restricted'>(deniedWith(codes.RESTRICTED), () => 'sign-in host'),
});

const through =
  (check: string) =>
  (look: Look): boolean =>
    throughElsewhere(look, (other) => other.check === check).length > 0;

/** The first token is made by application servers (S47); where others refresh theirs, the application is good. */
export const redeemHere = defineRule({
  id: 'token.redeem-here',
  items: ['C3', 'C2', 'X4'],
  owner: 'ece-administrator',
  confidence: 'possible',
  find: refused<'token.redeem-here'>(
    (result, look) => isDenied(result) && result.check === 'token.redeem' && through('token.refresh')(look),
    userFor,
  ),
});

/** Later tokens are the services server's (S48); where the first is made elsewhere, mail works for an hour and stops. */
export const refreshHere = defineRule({
  id: 'token.refresh-here',
  items: ['C4', 'X4'],
  owner: 'entra',
  confidence: 'possible',
  find: refused<'token.refresh-here'>(
    (result, look) => isDenied(result) && result.check === 'token.refresh' && through('token.redeem')(look),
    userFor,
  ),
});

export const tokenDenied = defineRule({
  id: 'token.denied',
  items: ['X2'],
  owner: 'entra',
  confidence: 'possible',
  defers: true,
  find: refused<'token.denied'>(isDenied, (result, look) =>
    `${aadstsOf(result) ?? errorOf(result)} ${userFor(result, look)}`.trim(),
  ),
});

/** RFC 9110, section 15.6: a server that fails says so with a page as often as with JSON. */
const isServerError = ({ failure, evidence }: CheckResult): boolean =>
  failure?.code === 'unexpected-reply' && (evidence.token?.status ?? 0) >= 500;

/** Only what every server is told is Microsoft's. */
export const tokenUnavailable = defineRule({
  id: 'token.unavailable',
  items: ['X7'],
  owner: (told) => (told.spread === 'all' ? 'microsoft' : isLocal(told) ? 'network' : 'unknown'),
  confidence: ({ spread }) => (spread === 'all' ? 'likely' : 'possible'),
  find: refused<'token.unavailable'>(
    (result) =>
      (result.failure?.phase === 'token' &&
        (result.failure.code === 'unavailable' || isServerError(result))) ||
      (result.failure?.phase === 'http' && result.failure.code === 'unavailable'),
    () => 'sign-in host',
  ),
});

export const tokenSilent = defineRule({
  id: 'token.silent',
  items: ['X6', 'C9'],
  owner: 'proxy',
  confidence: 'possible',
  find: eachResult<'token.silent'>({
    applies: (result) =>
      result.failure?.phase === 'token' &&
      ['timeout', 'reset', 'closed', 'unexpected-reply'].includes(result.failure.code),
    details: nothing,
  }),
});
