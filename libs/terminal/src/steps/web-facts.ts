import type { CheckResult } from '@mailpath/protocol';
import { asked, type FactLine, said } from './fact-line.ts';

/** What an agent of before kept no head of is told by what it kept, so that a redirect or a token has a status. */
const statusOf = ({ evidence: { http, redirect, token } }: CheckResult): number | undefined =>
  http?.status ?? redirect?.status ?? token?.status;

/**
 * The request and the head of its answer, line by line, as the dialogue of a mail check is told. Of the fields of a
 * query or form the evidence has the names alone, and the kind of grant.
 */
export function webFacts(result: CheckResult): FactLine[] {
  const { target, evidence } = result;
  const { request, ...head } = evidence.http ?? {};
  const grant = evidence.token?.grant;
  const parameters = head.parameters ?? (grant ? ['grant_type'] : []);
  const field = (name: string): string => `${name}=${name === 'grant_type' && grant ? grant : '…'}`;
  const status = statusOf(result);
  const headers: (readonly [string, string | null | undefined])[] = [
    ['Date', head.date],
    ['Server', head.server],
    ['Via', head.via],
    ['Content-Type', head.contentType],
    ['Location', head.location],
    ['Retry-After', head.retryAfter],
  ];
  return [
    ...(request ? [asked(request), asked(`Host: ${target.host}`)] : []),
    ...(parameters.length > 0 ? [asked(parameters.map(field).join('&'))] : []),
    ...(status === undefined ? [] : said(`HTTP ${status}`)),
    ...headers.flatMap(([name, value]) => (value ? said(`${name}: ${value}`) : [])),
  ];
}
