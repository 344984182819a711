/**
 * Every rule, one line each, in the order in which they look: what one explains the later ones do not see, so the special stands
 * before the general, and the earlier step of a connection before the later.
 */
import type { Rule } from './rule.ts';
import * as circumstances from './rules/circumstances.ts';
import * as clock from './rules/clock.ts';
import * as path from './rules/compared-path.ts';
import * as comparedTls from './rules/compared-tls.ts';
import * as connect from './rules/connect.ts';
import * as fallback from './rules/fallback.ts';
import * as login from './rules/login.ts';
import * as protocol from './rules/protocol.ts';
import * as proxy from './rules/proxy.ts';
import * as resolve from './rules/resolve.ts';
import * as tls from './rules/tls.ts';
import * as token from './rules/token.ts';
import * as claims from './rules/token-claims.ts';

export const RULES: readonly Rule[] = [
  fallback.ownFault,
  login.throttled,
  connect.offline,
  resolve.noNameFound,
  resolve.resolverFailed,
  resolve.nameNotFound,
  resolve.nameFails,
  proxy.proxyDenies,
  proxy.proxyUnreachable,
  resolve.hostsFileEntry,
  resolve.addressNotMicrosofts,
  resolve.otherAnswer,
  connect.mailPortsClosed,
  connect.hostClosed,
  connect.portClosed,
  connect.portRefused,
  connect.portFiltered,
  connect.noRoute,
  connect.connectOther,
  clock.clockWrong,
  tls.blackHole,
  tls.certificateExpired,
  tls.certificateForOtherName,
  tls.certificateUntrusted,
  tls.tlsCut,
  tls.tlsFailed,
  protocol.startTlsStripped,
  protocol.xoauth2NotOffered,
  protocol.greetingSilent,
  protocol.greetingWrong,
  protocol.httpSilent,
  protocol.httpUnexpected,
  claims.tokenExpired,
  claims.otherUser,
  claims.wrongAudience,
  claims.wrongTenant,
  claims.otherApplication,
  claims.missingScope,
  token.clientSecret,
  token.consentMissing,
  token.redirectUri,
  token.registration,
  token.account,
  token.grantRevoked,
  token.policy,
  token.tenantRestricted,
  token.redeemHere,
  token.refreshHere,
  token.tokenUnavailable,
  token.tokenSilent,
  token.tokenDenied,
  login.smtpAuthOff,
  login.smtpRefusedAlone,
  login.tokenRefused,
  login.mailboxRefused,
  login.senderDenied,
  login.loginUnavailable,
  login.loginSilent,
  login.notReturned,
  connect.familyDead,
  connect.someAddressesDead,
  fallback.onlyTogether,
  resolve.oneResolver,
  comparedTls.otherIssuer,
  comparedTls.olderVersion,
  comparedTls.expiresSoon,
  path.latency,
  path.otherRegion,
  path.otherEgress,
  fallback.unexplained,
  circumstances.approvalAwaited,
];
