import type { Language, Problem } from '@mailpath/protocol';
import { escaped } from '@mailpath/terminal';
import Negotiator from 'negotiator';

/** Nothing of it runs, loads or sends, whatever stands in it. */
export const PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const PROBLEM = 'application/problem+json';
const HOME: Record<Language, string> = { en: 'To Mailpath', ja: 'Mailpath へ' };
const REQUEST_ID: Record<Language, string> = { en: 'Request', ja: '要求 ID' };

/** A page for a person who was led here by a browser. `body` is HTML. */
export const personPage = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<main><h1>${escaped(title)}</h1>
${body}</main></html>
`;

/** Whether a page is liked better than a Problem (RFC 9110, section 12.5.1). Who says nothing is sent no page. */
export const likesPages = (accept: string | undefined): boolean =>
  new Negotiator({ headers: { accept: accept ?? PROBLEM } }).mediaType([PROBLEM, 'text/html']) ===
  'text/html';

/** A refusal as a page. It leads to Mailpath itself, whatever the request held. */
export function problemPage({ title, detail, errors, requestId }: Problem, language: Language): string {
  // The detail repeats the first field; with several each has a line.
  const told =
    errors && errors.length > 1 ? errors.map(({ field, message }) => `${field}: ${message}`) : [detail];
  const lines = told.map((line) => `<p>${escaped(line)}</p>\n`).join('');
  const id = requestId === undefined ? '' : `<p>${REQUEST_ID[language]}: ${escaped(requestId)}</p>\n`;
  return personPage(language, title, `${lines}${id}<p><a href="/">${HOME[language]}</a></p>`);
}
