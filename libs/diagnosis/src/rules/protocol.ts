import type { CheckResult } from '@mailpath/protocol';
import { defineRule } from '../rule.ts';
import { place, places, protocolName } from '../wording.ts';

const seen = (result: CheckResult): string =>
  result.evidence.unexpected?.line ?? result.failure?.message ?? '';
const offersNoXoauth2 = ({ failure, evidence }: CheckResult): boolean => {
  if (failure?.phase !== 'greet' || failure.code !== 'unexpected-reply') return false;
  const offered = evidence.imap?.capability ?? evidence.pop3?.capa ?? evidence.smtp?.ehloAfterTls ?? [];
  return offered.length > 0 && !offered.some((line) => /XOAUTH2/i.test(line));
};

export const xoauth2NotOffered = defineRule({
  id: 'greet.no-xoauth2',
  checklistItem: 'X6',
  owner: 'network',
  applies: offersNoXoauth2,
  sentence: (result) => `${place(result)} speaks ${protocolName(result)} but does not offer XOAUTH2.`,
  cause: () =>
    'Exchange Online always offers XOAUTH2 here: another mail server, or a device that rewrites the conversation, answers in its place.',
  nextStep: (results) =>
    `Compare certificate and greeting of ${places(results)} with those on a server that works.`,
});

export const startTlsStripped = defineRule({
  id: 'starttls.missing',
  checklistItem: 'X6',
  owner: 'network',
  applies: ({ failure }) => failure?.phase === 'starttls' && failure.code === 'unexpected-reply',
  sentence: (result) => `${place(result)} answers SMTP, but STARTTLS cannot be used.`,
  cause: () =>
    'Exchange Online always offers STARTTLS on 587: a firewall with SMTP inspection has taken it out of the conversation, or answers by itself.',
  nextStep: (results) => `Switch off SMTP (ESMTP) inspection for ${places(results)} from this server.`,
  evidence: (results) =>
    results.flatMap((result) => [result.failure?.message ?? '', ...(result.evidence.smtp?.ehlo ?? [])]),
});

export const greetingSilent = defineRule({
  id: 'greet.silent',
  checklistItem: 'C10',
  owner: 'network',
  applies: ({ failure }) =>
    (failure?.phase === 'greet' || failure?.phase === 'starttls') &&
    ['timeout', 'reset', 'closed'].includes(failure.code),
  sentence: (result) =>
    result.failure?.code === 'timeout'
      ? `${place(result)} opens, but no ${protocolName(result)} answer comes.`
      : `${place(result)} opens, and is cut off before ${protocolName(result)} begins.`,
  cause: () =>
    'A transparent proxy or an inspecting firewall accepts the connection and does not pass it on.',
  nextStep: (results) =>
    `Let ${places(results)} pass without a proxy or protocol inspection for this server.`,
});

export const greetingWrong = defineRule({
  id: 'greet.unexpected',
  checklistItem: 'C10',
  owner: 'network',
  confidence: 'possible',
  applies: ({ failure }) => failure?.phase === 'greet' && failure.code !== 'internal',
  sentence: (result) =>
    `${place(result)} does not answer as ${protocolName(result)} of Exchange Online does: ${seen(result)}`,
  cause: () => 'Another service, a proxy, or a server that turns this client away answers on this port.',
  nextStep: (results) =>
    `Read the line that ${places(results)} sent and compare it with a server that works.`,
});

export const httpSilent = defineRule({
  id: 'http.silent',
  checklistItem: 'C9',
  owner: 'proxy',
  applies: ({ failure }) =>
    failure?.phase === 'http' && ['timeout', 'reset', 'closed'].includes(failure.code),
  sentence: (result) => `TLS to ${place(result)} stands, but no HTTP answer comes.`,
  cause: () => 'A proxy or firewall holds the request back, or the service is overloaded.',
  nextStep: (results) =>
    `Compare with another server; if only this one is affected, exempt ${places(results)} from the proxy.`,
});

export const httpUnexpected = defineRule({
  id: 'http.unexpected',
  checklistItem: 'C9',
  owner: 'proxy',
  confidence: 'possible',
  applies: ({ failure }) => failure?.phase === 'http' && failure.code !== 'internal',
  sentence: (result) => `${place(result)} answers HTTP, but not as Microsoft does: ${seen(result)}`,
  cause: (results) =>
    (results[0].evidence.http?.status ?? 0) >= 500
      ? 'The service, or a proxy in its name, answers with a server error.'
      : 'A page of a proxy (login, block or error page) most likely stands where Microsoft’s answer should be.',
  nextStep: (results) =>
    `Open ${places(results)} in a browser on this server, and show what comes to the proxy team.`,
});
