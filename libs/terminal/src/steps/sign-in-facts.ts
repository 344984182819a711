import type { CheckResult, Language } from '@mailpath/protocol';
import { asked, type FactLine, line, rounded, said } from './fact-line.ts';
import { FACTS } from './step-words.ts';
import { webFacts } from './web-facts.ts';

/**
 * What was seen in the steps of a sign-in. Where a check kept its dialogue, that is told whole at the end, and these
 * say only what no line of it says; where it kept none, the lines are put together from what it did keep.
 */
export function loginFacts({ evidence: { login, dialogue } }: CheckResult): FactLine[] {
  if (!login || dialogue) return [];
  const { mechanism, user, credential, challenge, reply } = login;
  const sent = [mechanism, user && `user=${user}`, credential && `[${credential}]`].filter(Boolean).join(' ');
  return [...(sent === '' ? [] : [asked(sent)]), ...said(challenge), ...said(reply)];
}

export function mailboxFacts(
  { evidence: { mailbox, dialogue } }: CheckResult,
  language: Language,
): FactLine[] {
  if (!mailbox) return [];
  const { messages, octets, reply } = mailbox;
  const counts = [
    typeof messages === 'number' ? `${messages} ${FACTS.messages[language]}` : '',
    typeof octets === 'number' ? `${octets} ${FACTS.octets[language]}` : '',
  ].filter((each) => each !== '');
  return [...(dialogue ? [] : said(reply)), ...(counts.length > 0 ? [line(counts.join(', '))] : [])];
}

/** A command of submission stands only where it was answered: a refused sender ends it before the next. */
export function submissionFacts({ evidence: { submission, dialogue } }: CheckResult): FactLine[] {
  if (!submission || dialogue) return [];
  const { from, mailFrom, rcptTo, data } = submission;
  const answered = (command: string, reply: string | null | undefined): FactLine[] =>
    reply ? [asked(command), ...said(reply)] : [];
  return [
    ...answered(from ? `MAIL FROM:<${from}>` : 'MAIL FROM', mailFrom),
    ...answered('RCPT TO', rcptTo),
    ...answered('DATA', data),
  ];
}

export function roundTripFacts({ evidence: { roundTrip } }: CheckResult, language: Language): FactLine[] {
  if (!roundTrip) return [];
  const { messageId, via, sentMs, foundMs, deletedMs, removed } = roundTrip;
  const leg = (word: keyof typeof FACTS, ms: number | undefined): FactLine[] =>
    ms === undefined ? [] : [line(`${FACTS[word][language]} ${rounded(ms)}`)];
  return [
    ...(messageId ? [line([messageId, via].filter(Boolean).join(' '))] : []),
    ...leg('sent', sentMs),
    ...leg('found', foundMs),
    ...leg('deleted', deletedMs),
    ...(removed === false ? [line(FACTS.leftBehind[language])] : []),
  ];
}

/** The answer to a token request, and what the token says of itself. */
export function tokenFacts(result: CheckResult, language: Language): FactLine[] {
  const { token, claims } = result.evidence;
  const refused = [token?.error, token?.suberror].filter(Boolean);
  const ids = [token?.correlationId, token?.traceId, token?.timestamp].filter(Boolean);
  const named = (['user', 'aud', 'scp', 'tid', 'iss', 'appid', 'oid', 'idtyp', 'idp'] as const)
    .map((name) => (claims?.[name] ? `${name}=${claims[name]}` : ''))
    .concat(claims && claims.roles.length > 0 ? `roles=${claims.roles.join(' ')}` : '')
    .filter((each) => each !== '');
  return [
    ...webFacts(result),
    ...said(refused.join(' ')),
    ...said(token?.description),
    ...(ids.length > 0 ? [line(`${FACTS.ids[language]} ${ids.join(', ')}`)] : []),
    ...named.map((each) => line(each)),
  ];
}
