/** A site for every rule in which it speaks. A rule without one does not compile. */
import type { RuleId } from '../rules.ts';
import type { Situation } from '../testing/situation.ts';
import { clockWrong } from './clock-wrong.situation.ts';
import { connectBroken } from './connect-broken.situation.ts';
import { connectFamilyDead } from './connect-family-dead.situation.ts';
import { connectHostClosed } from './connect-host-closed.situation.ts';
import { connectMailPorts } from './connect-mail-ports.situation.ts';
import { connectOnlyTogether } from './connect-only-together.situation.ts';
import { connectPortClosed } from './connect-port-closed.situation.ts';
import { connectRefused } from './connect-refused.situation.ts';
import { connectSomeAddresses } from './connect-some-addresses.situation.ts';
import { connectTimeout } from './connect-timeout.situation.ts';
import { connectUnreachable } from './connect-unreachable.situation.ts';
import { greetNoXoauth2 } from './greet-no-xoauth2.situation.ts';
import { greetRefused } from './greet-refused.situation.ts';
import { greetSilent } from './greet-silent.situation.ts';
import { greetUnexpected } from './greet-unexpected.situation.ts';
import { httpSilent } from './http-silent.situation.ts';
import { httpSentAway } from './http-sent-away.situation.ts';
import { httpUnexpected } from './http-unexpected.situation.ts';
import { loginServicePrincipal } from './login-service-principal.situation.ts';
import { loginSilent } from './login-silent.situation.ts';
import { loginTokenRefused } from './login-token-refused.situation.ts';
import { loginUnavailable } from './login-unavailable.situation.ts';
import { mailNotReturned } from './mail-not-returned.situation.ts';
import { mailboxNoLogOn } from './mailbox-no-log-on.situation.ts';
import { mailboxRefused } from './mailbox-refused.situation.ts';
import { mailpathAgentCloned } from './mailpath-agent-cloned.situation.ts';
import { mailpathAgentClock } from './mailpath-agent-clock.situation.ts';
import { mailpathApprovalAwaited } from './mailpath-approval-awaited.situation.ts';
import { mailpathCheckSilent } from './mailpath-check-silent.situation.ts';
import { mailpathInternal } from './mailpath-internal.situation.ts';
import { mailpathServerSilent } from './mailpath-server-silent.situation.ts';
import { mailpathUnexplained } from './mailpath-unexplained.situation.ts';
import { pathFlapping } from './path-flapping.situation.ts';
import { pathLatency } from './path-latency.situation.ts';
import { pathLoss } from './path-loss.situation.ts';
import { pathOneFrontEnd } from './path-one-front-end.situation.ts';
import { pathOtherEgress } from './path-other-egress.situation.ts';
import { pathOtherRegion } from './path-other-region.situation.ts';
import { pathSlow } from './path-slow.situation.ts';
import { pop3RefusedAlone } from './pop3-refused-alone.situation.ts';
import { proxyDenies } from './proxy-denies.situation.ts';
import { proxyUnreachable } from './proxy-unreachable.situation.ts';
import { resolveComesAndGoes } from './resolve-comes-and-goes.situation.ts';
import { resolveFamilySilent } from './resolve-family-silent.situation.ts';
import { resolveHostsEntry } from './resolve-hosts-entry.situation.ts';
import { resolveNameFails } from './resolve-name-fails.situation.ts';
import { resolveNoAnswer } from './resolve-no-answer.situation.ts';
import { resolveNoName } from './resolve-no-name.situation.ts';
import { resolveNotFound } from './resolve-not-found.situation.ts';
import { resolveOneResolver } from './resolve-one-resolver.situation.ts';
import { resolveOtherAnswer } from './resolve-other-answer.situation.ts';
import { resolveSearchDomain } from './resolve-search-domain.situation.ts';
import { resolveSlow } from './resolve-slow.situation.ts';
import { resolveSystemFails } from './resolve-system-fails.situation.ts';
import { resolveUnusualAddress } from './resolve-unusual-address.situation.ts';
import { sendDenied } from './send-denied.situation.ts';
import { serverOffline } from './server-offline.situation.ts';
import { smtpAuthOff } from './smtp-auth-off.situation.ts';
import { smtpRefusedAlone } from './smtp-refused-alone.situation.ts';
import { starttlsMissing } from './starttls-missing.situation.ts';
import { throttled } from './throttled.situation.ts';
import { tlsBlackHole } from './tls-black-hole.situation.ts';
import { tlsCut } from './tls-cut.situation.ts';
import { tlsExpired } from './tls-expired.situation.ts';
import { tlsExpiresSoon } from './tls-expires-soon.situation.ts';
import { tlsFailed } from './tls-failed.situation.ts';
import { tlsJavaLacksRoot } from './tls-java-lacks-root.situation.ts';
import { tlsMissingIntermediate } from './tls-missing-intermediate.situation.ts';
import { tlsMissingRoot } from './tls-missing-root.situation.ts';
import { tlsOlderVersion } from './tls-older-version.situation.ts';
import { tlsOtherIssuer } from './tls-other-issuer.situation.ts';
import { tlsOtherName } from './tls-other-name.situation.ts';
import { tlsRootsNeeded } from './tls-roots-needed.situation.ts';
import { tlsUntrusted } from './tls-untrusted.situation.ts';
import { tlsWeak } from './tls-weak.situation.ts';
import { tokenAccount } from './token-account.situation.ts';
import { tokenAppRole } from './token-app-role.situation.ts';
import { tokenAudience } from './token-audience.situation.ts';
import { tokenConsent } from './token-consent.situation.ts';
import { tokenDenied } from './token-denied.situation.ts';
import { tokenExpired } from './token-expired.situation.ts';
import { tokenOtherApplication } from './token-other-application.situation.ts';
import { tokenOtherTenantGrant } from './token-other-tenant-grant.situation.ts';
import { tokenGuest } from './token-guest.situation.ts';
import { tokenOtherUser } from './token-other-user.situation.ts';
import { tokenPolicy } from './token-policy.situation.ts';
import { tokenRedeemHere } from './token-redeem-here.situation.ts';
import { tokenRedirect } from './token-redirect.situation.ts';
import { tokenRedirectPlatform } from './token-redirect-platform.situation.ts';
import { tokenRefreshHere } from './token-refresh-here.situation.ts';
import { tokenRegistration } from './token-registration.situation.ts';
import { tokenRestricted } from './token-restricted.situation.ts';
import { tokenRevoked } from './token-revoked.situation.ts';
import { tokenScope } from './token-scope.situation.ts';
import { tokenSecret } from './token-secret.situation.ts';
import { tokenSilent } from './token-silent.situation.ts';
import { tokenTenant } from './token-tenant.situation.ts';
import { tokenUnavailable } from './token-unavailable.situation.ts';

export const SITUATIONS: Readonly<Record<RuleId, Situation>> = {
  'mailpath.agent-cloned': mailpathAgentCloned,
  'mailpath.agent-clock': mailpathAgentClock,
  'mailpath.check-silent': mailpathCheckSilent,
  'mailpath.approval-awaited': mailpathApprovalAwaited,
  'mailpath.server-silent': mailpathServerSilent,
  'mailpath.internal': mailpathInternal,
  throttled: throttled,
  'path.loss': pathLoss,
  'path.flapping': pathFlapping,
  'server.offline': serverOffline,
  'resolve.comes-and-goes': resolveComesAndGoes,
  'resolve.family-silent': resolveFamilySilent,
  'resolve.system-fails': resolveSystemFails,
  'resolve.no-name': resolveNoName,
  'resolve.no-answer': resolveNoAnswer,
  'resolve.not-found': resolveNotFound,
  'resolve.name-fails': resolveNameFails,
  'proxy.denies': proxyDenies,
  'proxy.unreachable': proxyUnreachable,
  'resolve.search-domain': resolveSearchDomain,
  'resolve.hosts-entry': resolveHostsEntry,
  'resolve.unusual-address': resolveUnusualAddress,
  'resolve.other-answer': resolveOtherAnswer,
  'connect.mail-ports': connectMailPorts,
  'connect.host-closed': connectHostClosed,
  'connect.port-closed': connectPortClosed,
  'connect.refused': connectRefused,
  'connect.timeout': connectTimeout,
  'connect.unreachable': connectUnreachable,
  'connect.broken': connectBroken,
  'path.one-front-end': pathOneFrontEnd,
  'clock.wrong': clockWrong,
  'tls.black-hole': tlsBlackHole,
  'tls.expired': tlsExpired,
  'tls.other-name': tlsOtherName,
  'tls.weak': tlsWeak,
  'tls.missing-intermediate': tlsMissingIntermediate,
  'tls.missing-root': tlsMissingRoot,
  'tls.untrusted': tlsUntrusted,
  'tls.cut': tlsCut,
  'tls.failed': tlsFailed,
  'starttls.missing': starttlsMissing,
  'greet.no-xoauth2': greetNoXoauth2,
  'greet.silent': greetSilent,
  'greet.unexpected': greetUnexpected,
  'http.silent': httpSilent,
  'http.unexpected': httpUnexpected,
  'http.sent-away': httpSentAway,
  'token.expired': tokenExpired,
  'token.guest': tokenGuest,
  'token.other-user': tokenOtherUser,
  'token.audience': tokenAudience,
  'token.tenant': tokenTenant,
  'token.other-application': tokenOtherApplication,
  'token.scope': tokenScope,
  'token.secret': tokenSecret,
  'token.consent': tokenConsent,
  'token.redirect': tokenRedirect,
  'token.registration': tokenRegistration,
  'token.account': tokenAccount,
  'token.revoked': tokenRevoked,
  'token.policy': tokenPolicy,
  'token.restricted': tokenRestricted,
  'token.redeem-here': tokenRedeemHere,
  'token.refresh-here': tokenRefreshHere,
  'token.unavailable': tokenUnavailable,
  'token.silent': tokenSilent,
  'token.denied': tokenDenied,
  'smtp.auth-off': smtpAuthOff,
  'smtp.refused-alone': smtpRefusedAlone,
  'pop3.refused-alone': pop3RefusedAlone,
  'login.token-refused': loginTokenRefused,
  'mailbox.refused': mailboxRefused,
  'send.denied': sendDenied,
  'login.unavailable': loginUnavailable,
  'login.silent': loginSilent,
  'mail.not-returned': mailNotReturned,
  'connect.family-dead': connectFamilyDead,
  'connect.some-addresses': connectSomeAddresses,
  'connect.only-together': connectOnlyTogether,
  'resolve.one-resolver': resolveOneResolver,
  'resolve.slow': resolveSlow,
  'tls.other-issuer': tlsOtherIssuer,
  'tls.older-version': tlsOlderVersion,
  'tls.java-lacks-root': tlsJavaLacksRoot,
  'tls.expires-soon': tlsExpiresSoon,
  'tls.roots-needed': tlsRootsNeeded,
  'path.latency': pathLatency,
  'path.slow': pathSlow,
  'path.other-region': pathOtherRegion,
  'path.other-egress': pathOtherEgress,
  'mailpath.unexplained': mailpathUnexplained,
  'greet.refused': greetRefused,
  'token.redirect-platform': tokenRedirectPlatform,
  'token.other-tenant-grant': tokenOtherTenantGrant,
  'mailbox.no-log-on': mailboxNoLogOn,
  'login.service-principal': loginServicePrincipal,
  'token.app-role': tokenAppRole,
};
