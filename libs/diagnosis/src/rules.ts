/** Every rule, one line each; the first that applies explains a result, so the special stands before the general. */
import type { Rule } from './rule.ts';
import * as connect from './rules/connect.ts';
import * as fallback from './rules/fallback.ts';
import * as protocol from './rules/protocol.ts';
import * as proxy from './rules/proxy.ts';
import * as resolve from './rules/resolve.ts';
import * as tls from './rules/tls.ts';

export const RULES: readonly Rule[] = [
  fallback.ownFault,
  resolve.noNameFound,
  resolve.nameNotFound,
  resolve.resolverFailed,
  proxy.proxyDenies,
  proxy.proxyUnreachable,
  resolve.hostsFileEntry,
  resolve.addressNotMicrosofts,
  connect.portRefused,
  connect.portFiltered,
  connect.noRoute,
  connect.connectOther,
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
  connect.someAddressesDead,
  connect.onlyTogether,
  fallback.unexplained,
];
