/**
 * Every rule, one line each, in the order in which they look: what one explains the later ones do not see, so the
 * special stands before the general, and the earlier step of a connection before the later. What a rule relies on
 * stands in its `after`.
 */
import type { Rule } from './rule.ts';
import { clockWrong } from './rules/clock-wrong.rule.ts';
import { connectBroken } from './rules/connect-broken.rule.ts';
import { connectFamilyDead } from './rules/connect-family-dead.rule.ts';
import { connectHostClosed } from './rules/connect-host-closed.rule.ts';
import { connectMailPorts } from './rules/connect-mail-ports.rule.ts';
import { connectOnlyTogether } from './rules/connect-only-together.rule.ts';
import { connectPortClosed } from './rules/connect-port-closed.rule.ts';
import { connectRefused } from './rules/connect-refused.rule.ts';
import { connectSomeAddresses } from './rules/connect-some-addresses.rule.ts';
import { connectTimeout } from './rules/connect-timeout.rule.ts';
import { connectUnreachable } from './rules/connect-unreachable.rule.ts';
import { greetNoXoauth2 } from './rules/greet-no-xoauth2.rule.ts';
import { greetRefused } from './rules/greet-refused.rule.ts';
import { greetSilent } from './rules/greet-silent.rule.ts';
import { greetUnexpected } from './rules/greet-unexpected.rule.ts';
import { httpSentAway } from './rules/http-sent-away.rule.ts';
import { httpSilent } from './rules/http-silent.rule.ts';
import { httpUnexpected } from './rules/http-unexpected.rule.ts';
import { loginServicePrincipal } from './rules/login-service-principal.rule.ts';
import { loginSilent } from './rules/login-silent.rule.ts';
import { loginTokenRefused } from './rules/login-token-refused.rule.ts';
import { loginUnavailable } from './rules/login-unavailable.rule.ts';
import { mailNotReturned } from './rules/mail-not-returned.rule.ts';
import { mailboxNoLogOn } from './rules/mailbox-no-log-on.rule.ts';
import { mailboxRefused } from './rules/mailbox-refused.rule.ts';
import { mailpathAgentCloned } from './rules/mailpath-agent-cloned.rule.ts';
import { mailpathAgentClock } from './rules/mailpath-agent-clock.rule.ts';
import { mailpathApprovalAwaited } from './rules/mailpath-approval-awaited.rule.ts';
import { mailpathCheckSilent } from './rules/mailpath-check-silent.rule.ts';
import { mailpathInternal } from './rules/mailpath-internal.rule.ts';
import { mailpathServerSilent } from './rules/mailpath-server-silent.rule.ts';
import { mailpathUnexplained } from './rules/mailpath-unexplained.rule.ts';
import { pathFlapping } from './rules/path-flapping.rule.ts';
import { pathLatency } from './rules/path-latency.rule.ts';
import { pathLoss } from './rules/path-loss.rule.ts';
import { pathOneFrontEnd } from './rules/path-one-front-end.rule.ts';
import { pathOtherEgress } from './rules/path-other-egress.rule.ts';
import { pathOtherRegion } from './rules/path-other-region.rule.ts';
import { pathSlow } from './rules/path-slow.rule.ts';
import { pop3RefusedAlone } from './rules/pop3-refused-alone.rule.ts';
import { proxyDenies } from './rules/proxy-denies.rule.ts';
import { proxyUnreachable } from './rules/proxy-unreachable.rule.ts';
import { resolveComesAndGoes } from './rules/resolve-comes-and-goes.rule.ts';
import { resolveFamilySilent } from './rules/resolve-family-silent.rule.ts';
import { resolveHostsEntry } from './rules/resolve-hosts-entry.rule.ts';
import { resolveNameFails } from './rules/resolve-name-fails.rule.ts';
import { resolveNoAnswer } from './rules/resolve-no-answer.rule.ts';
import { resolveNoName } from './rules/resolve-no-name.rule.ts';
import { resolveNotFound } from './rules/resolve-not-found.rule.ts';
import { resolveOneResolver } from './rules/resolve-one-resolver.rule.ts';
import { resolveOtherAnswer } from './rules/resolve-other-answer.rule.ts';
import { resolveSearchDomain } from './rules/resolve-search-domain.rule.ts';
import { resolveSlow } from './rules/resolve-slow.rule.ts';
import { resolveSystemFails } from './rules/resolve-system-fails.rule.ts';
import { resolveUnusualAddress } from './rules/resolve-unusual-address.rule.ts';
import { sendDenied } from './rules/send-denied.rule.ts';
import { serverOffline } from './rules/server-offline.rule.ts';
import { smtpAuthOff } from './rules/smtp-auth-off.rule.ts';
import { smtpRefusedAlone } from './rules/smtp-refused-alone.rule.ts';
import { starttlsMissing } from './rules/starttls-missing.rule.ts';
import { throttled } from './rules/throttled.rule.ts';
import { tlsBlackHole } from './rules/tls-black-hole.rule.ts';
import { tlsCut } from './rules/tls-cut.rule.ts';
import { tlsExpired } from './rules/tls-expired.rule.ts';
import { tlsExpiresSoon } from './rules/tls-expires-soon.rule.ts';
import { tlsFailed } from './rules/tls-failed.rule.ts';
import { tlsJavaLacksRoot } from './rules/tls-java-lacks-root.rule.ts';
import { tlsMissingIntermediate } from './rules/tls-missing-intermediate.rule.ts';
import { tlsMissingRoot } from './rules/tls-missing-root.rule.ts';
import { tlsOlderVersion } from './rules/tls-older-version.rule.ts';
import { tlsOtherIssuer } from './rules/tls-other-issuer.rule.ts';
import { tlsOtherName } from './rules/tls-other-name.rule.ts';
import { tlsRootsNeeded } from './rules/tls-roots-needed.rule.ts';
import { tlsUntrusted } from './rules/tls-untrusted.rule.ts';
import { tlsWeak } from './rules/tls-weak.rule.ts';
import { tokenAccount } from './rules/token-account.rule.ts';
import { tokenAppRole } from './rules/token-app-role.rule.ts';
import { tokenAudience } from './rules/token-audience.rule.ts';
import { tokenConsent } from './rules/token-consent.rule.ts';
import { tokenDenied } from './rules/token-denied.rule.ts';
import { tokenExpired } from './rules/token-expired.rule.ts';
import { tokenOtherApplication } from './rules/token-other-application.rule.ts';
import { tokenOtherTenantGrant } from './rules/token-other-tenant-grant.rule.ts';
import { tokenGuest } from './rules/token-guest.rule.ts';
import { tokenOtherUser } from './rules/token-other-user.rule.ts';
import { tokenPolicy } from './rules/token-policy.rule.ts';
import { tokenRedeemHere } from './rules/token-redeem-here.rule.ts';
import { tokenRedirect } from './rules/token-redirect.rule.ts';
import { tokenRedirectPlatform } from './rules/token-redirect-platform.rule.ts';
import { tokenRefreshHere } from './rules/token-refresh-here.rule.ts';
import { tokenRegistration } from './rules/token-registration.rule.ts';
import { tokenRestricted } from './rules/token-restricted.rule.ts';
import { tokenRevoked } from './rules/token-revoked.rule.ts';
import { tokenScope } from './rules/token-scope.rule.ts';
import { tokenSecret } from './rules/token-secret.rule.ts';
import { tokenSilent } from './rules/token-silent.rule.ts';
import { tokenTenant } from './rules/token-tenant.rule.ts';
import { tokenUnavailable } from './rules/token-unavailable.rule.ts';

export const RULES = [
  mailpathApprovalAwaited,
  mailpathServerSilent,
  mailpathAgentCloned,
  mailpathAgentClock,
  mailpathCheckSilent,
  mailpathInternal,
  throttled,
  pathLoss,
  pathFlapping,
  serverOffline,
  resolveFamilySilent,
  resolveComesAndGoes,
  resolveSystemFails,
  resolveNoName,
  resolveNoAnswer,
  resolveNotFound,
  resolveNameFails,
  proxyDenies,
  proxyUnreachable,
  resolveSearchDomain,
  resolveHostsEntry,
  resolveUnusualAddress,
  resolveOtherAnswer,
  connectMailPorts,
  connectHostClosed,
  connectPortClosed,
  connectRefused,
  connectTimeout,
  connectUnreachable,
  connectBroken,
  pathOneFrontEnd,
  clockWrong,
  tlsBlackHole,
  tlsExpired,
  tlsOtherName,
  tlsWeak,
  tlsMissingIntermediate,
  tlsMissingRoot,
  tlsUntrusted,
  tlsCut,
  tlsFailed,
  starttlsMissing,
  greetNoXoauth2,
  greetSilent,
  greetRefused,
  greetUnexpected,
  httpSilent,
  httpUnexpected,
  httpSentAway,
  tokenExpired,
  tokenGuest,
  tokenOtherUser,
  tokenAudience,
  tokenTenant,
  tokenOtherApplication,
  tokenScope,
  tokenSecret,
  tokenConsent,
  tokenRedirectPlatform,
  tokenRedirect,
  tokenOtherTenantGrant,
  tokenRegistration,
  tokenAccount,
  tokenRevoked,
  tokenPolicy,
  tokenRestricted,
  tokenRedeemHere,
  tokenRefreshHere,
  tokenUnavailable,
  tokenSilent,
  tokenDenied,
  smtpAuthOff,
  tokenAppRole,
  smtpRefusedAlone,
  mailboxNoLogOn,
  loginServicePrincipal,
  pop3RefusedAlone,
  loginTokenRefused,
  mailboxRefused,
  sendDenied,
  loginUnavailable,
  loginSilent,
  mailNotReturned,
  connectFamilyDead,
  connectSomeAddresses,
  connectOnlyTogether,
  resolveOneResolver,
  resolveSlow,
  tlsOtherIssuer,
  tlsOlderVersion,
  tlsJavaLacksRoot,
  tlsExpiresSoon,
  tlsRootsNeeded,
  pathLatency,
  pathSlow,
  pathOtherRegion,
  pathOtherEgress,
  mailpathUnexplained,
] as const satisfies readonly Rule[];

/** A rule's id, which a finding carries as `rule`. */
export type RuleId = (typeof RULES)[number]['id'];

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with that id; null for a finding's that this version does not know. */
export const ruleOf = (id: string): Rule | null => BY_ID.get(id) ?? null;
