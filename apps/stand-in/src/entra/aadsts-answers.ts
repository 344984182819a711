import { APPLICATION_ANSWERS } from './answers/application.ts';
import { SERVICE_ANSWERS } from './answers/service.ts';
import { SIGN_IN_ANSWERS } from './answers/sign-in.ts';

/** Codes of Entra ID that are answered in the same way. */
export interface AnswerGroup {
  /** The OAuth error (RFC 6749, section 5.2; RFC 8628, section 3.5; OpenID Connect Core, section 3.1.2.6). */
  error: string;
  /** HTTP status at the token endpoint. */
  status: number;
  suberror?: string;
  /** Met only by the browser, on the sign-in page or as its redirect; the token endpoint has no reason to say it. */
  page?: true;
  /** What follows `AADSTS<code>: `, by code. */
  texts: Readonly<Record<number, string>>;
}

/** One answer of Entra ID. */
export interface AadstsAnswer extends Omit<AnswerGroup, 'texts'> {
  code: number;
  text: string;
}

/** Every answer of Entra ID that a mail set-up can meet, by code. */
export const AADSTS_ANSWERS: ReadonlyMap<number, AadstsAnswer> = new Map(
  [...SIGN_IN_ANSWERS, ...APPLICATION_ANSWERS, ...SERVICE_ANSWERS].flatMap(({ texts, ...shared }) =>
    Object.entries(texts).map(([code, text]) => [Number(code), { ...shared, code: Number(code), text }]),
  ),
);
