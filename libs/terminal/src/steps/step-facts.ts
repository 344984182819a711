import type { Certificate, CheckResult, Language, Phase, ResolverAnswer } from '@mailpath/protocol';
import { asked, type FactLine, line, rounded, said } from './fact-line.ts';
import { loginFacts, mailboxFacts, roundTripFacts, submissionFacts, tokenFacts } from './sign-in-facts.ts';
import { attemptWord, FACTS } from './step-words.ts';
import { webFacts } from './web-facts.ts';

const answerText = (answer: ResolverAnswer): string =>
  answer.records.length > 0
    ? answer.records.join(', ')
    : [answer.state ?? answer.status, ...(answer.extendedErrors ?? [])].join(' ');

function nameFacts({ evidence: { dns } }: CheckResult, language: Language): FactLine[] {
  if (!dns) return [];
  return [
    line(dns.addresses.length > 0 ? dns.addresses.join(', ') : (dns.error ?? '-')),
    ...(dns.resolvers ?? []).map(({ server, a, aaaa, cname, ms }) =>
      line(
        `${FACTS.resolver[language]} ${server}: A ${answerText(a)}; AAAA ${answerText(aaaa)}${cname.length > 0 ? `; CNAME ${cname.join(' → ')}` : ''} (${rounded(ms)})`,
      ),
    ),
    ...(dns.settings && dns.settings.hosts.length > 0
      ? [line(`${FACTS.hosts[language]}: ${dns.settings.hosts.join(', ')}`)]
      : []),
    ...(dns.searched ?? []).map(({ name, records }) =>
      line(`${FACTS.searched[language]}: ${name} ${records.join(', ')}`),
    ),
  ];
}

function connectFacts({ evidence: { connect } }: CheckResult, language: Language): FactLine[] {
  if (!connect) return [];
  return [
    ...connect.attempts.map(({ address, outcome, detail, ms }) =>
      line(
        `${address}${address === connect.used ? ' *' : ''}: ${attemptWord(outcome)[language]} (${detail ?? outcome}), ${rounded(ms)}`,
      ),
    ),
    ...(connect.spokenWith ?? []).map(({ address, phase, outcome, ms }) =>
      line(
        `${FACTS.spoken[language]} ${address}: ${attemptWord(outcome)[language]} (${phase}, ${outcome}), ${rounded(ms)}`,
      ),
    ),
    ...(connect.localAddress ? [line(`${FACTS.localAddress[language]} ${connect.localAddress}`)] : []),
    ...(connect.roundTrip
      ? [
          line(
            `${FACTS.roundTrip[language]} ${rounded(connect.roundTrip.medianMs)} (± ${rounded(connect.roundTrip.spreadMs)}, ${connect.roundTrip.count}×)`,
          ),
        ]
      : []),
  ];
}

function certificateLines(certificate: Certificate, index: number, language: Language): FactLine[] {
  const { subject, issuer, validFrom, validTo, fingerprint256, weak = [] } = certificate;
  const key = [certificate.signatureAlgorithm, certificate.keyType, certificate.keyBits].filter(
    (each) => each !== undefined,
  );
  return [
    line(`[${index}] ${subject}`),
    line(`${FACTS.issuer[language]} ${issuer}`, 1),
    line(`${FACTS.valid[language]} ${validFrom.slice(0, 10)} – ${validTo.slice(0, 10)}`, 1),
    line(`SHA-256 ${fingerprint256}`, 1),
    ...(key.length > 0 ? [line(key.join(' '), 1)] : []),
    ...(weak.length > 0 ? [line(`${FACTS.weak[language]}: ${weak.join(', ')}`, 1)] : []),
  ];
}

function tlsFacts({ evidence: { tls, tlsOffered } }: CheckResult, language: Language): FactLine[] {
  const offered = tlsOffered ? [line(tlsOffered.versions.join(', '))] : [];
  if (!tls) return offered;
  return [
    ...offered,
    line(`${tls.version} ${tls.cipher}${tls.distrust === null ? '' : ` ${tls.distrust}`}`),
    ...tls.chain.flatMap((certificate, index) => certificateLines(certificate, index, language)),
    ...(tls.missingIssuer ? [line(`${FACTS.missing[language]}: ${tls.missingIssuer.subject}`)] : []),
    ...(tls.trustLists ?? []).map(({ name, root, error }) =>
      line(`${FACTS.roots[language]} ${name}: ${error ?? root?.subject ?? FACTS.noRoot[language]}`),
    ),
  ];
}

/**
 * What was asked and answered, where the answer is known; else the line that stands in its place. A check that keeps no
 * dialogue says one thing at each step, as soon as the step before is answered well (RFC 5321, 3501, 2449).
 */
const exchange = (command: string, answers: readonly string[] | undefined, instead?: string): FactLine[] => [
  asked(command),
  ...(answers ?? [instead]).flatMap(said),
];

/** What was said in the open; a dialogue with credentials, which the agent has masked, is told whole at the end. */
function greetingFacts({ evidence: { smtp, imap, pop3, unexpected, dialogue } }: CheckResult): FactLine[] {
  if (dialogue) return [];
  const greeting = smtp?.greeting ?? imap?.greeting ?? pop3?.greeting;
  if (!greeting) return said(unexpected?.line);
  return [
    ...said(greeting),
    ...(smtp ? exchange('EHLO', smtp.ehlo, unexpected?.line) : []),
    ...(imap ? exchange('CAPABILITY', imap.capability, unexpected?.line) : []),
    ...(pop3 ? exchange('CAPA', pop3.capa, unexpected?.line) : []),
  ];
}

/** Over STARTTLS a server greets twice: the second time it says what it offers once it cannot be overheard. */
const greetingAgain = ({ evidence: { smtp, unexpected, dialogue } }: CheckResult): FactLine[] =>
  dialogue || !smtp ? [] : exchange('EHLO', smtp.ehloAfterTls, unexpected?.line);

/** Nobody asks for what is not offered. */
function startTlsFacts({ evidence: { smtp, unexpected } }: CheckResult): FactLine[] {
  const offered = smtp?.ehlo?.some((each) => each.toUpperCase() === 'STARTTLS');
  const answer = smtp?.startTls ?? unexpected?.line;
  return smtp?.startTls || offered ? exchange('STARTTLS', answer ? [answer] : []) : [];
}

function redirectFacts(
  { redirectUri, error, description }: NonNullable<CheckResult['evidence']['redirect']>,
  language: Language,
): FactLine[] {
  return [
    ...(redirectUri ? [line(`${FACTS.redirect[language]} ${redirectUri}`)] : []),
    ...said(error),
    ...said(description),
  ];
}

/** The way through a proxy: what it was asked for, and its answer. */
function proxyFacts({ target, failure, evidence: { proxy, unexpected } }: CheckResult): FactLine[] {
  const { url = '', status = null, reply = null } = proxy ?? {};
  return [
    ...(proxy ? [line(url)] : []),
    ...(proxy && /^https?:/.test(url) ? [asked(`CONNECT ${target.host}:${target.port}`)] : []),
    ...said(reply ?? (status === null ? null : `HTTP ${status}`)),
    ...(failure?.phase === 'proxy' ? said(unexpected?.line) : []),
  ];
}

function httpFacts(result: CheckResult, language: Language): FactLine[] {
  const { clock, unexpected, redirect } = result.evidence;
  return [
    ...webFacts(result),
    ...(redirect ? redirectFacts(redirect, language) : []),
    ...said(unexpected?.line),
    ...(clock ? [line(`${FACTS.clock[language]} ${rounded(clock.aheadMs)} (${clock.source})`)] : []),
  ];
}

/**
 * What was seen in one step, for a person; the evidence as it is, and nothing that follows from it. `isAgain`: the step
 * was walked before in the same check.
 */
export function factsOf(result: CheckResult, phase: Phase, language: Language, isAgain = false): FactLine[] {
  if (isAgain) return phase === 'greet' ? greetingAgain(result) : [];
  switch (phase) {
    case 'resolve':
      return nameFacts(result, language);
    case 'connect':
      return connectFacts(result, language);
    case 'tls':
      return tlsFacts(result, language);
    case 'greet':
      return greetingFacts(result);
    case 'starttls':
      return startTlsFacts(result);
    case 'proxy':
      return proxyFacts(result);
    case 'http':
      return httpFacts(result, language);
    case 'token':
      return tokenFacts(result, language);
    case 'authenticate':
      return loginFacts(result);
    case 'open-mailbox':
      return mailboxFacts(result, language);
    case 'send':
      return submissionFacts(result);
    case 'receive':
      return roundTripFacts(result, language);
  }
}
