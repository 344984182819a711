import type { Language } from '@mailpath/protocol';
import { z } from 'zod';
import { personPage } from '../../platform/http/person-page.ts';
import { randomText } from './authorize-url.ts';
import { codeOrError, stateForm, stateMissing } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** The longest sentence that is kept of a failure. */
const LONGEST = 1024;
const STATE_LENGTH = randomText().length;

/**
 * What Entra appends to the redirect URI (RFC 6749, sections 4.1.2 and 4.1.2.1); other parameters, such as
 * session_state, are passed over.
 */
export const Callback = z
  .object({
    state: z
      .string(said(stateMissing()))
      .regex(/^[A-Za-z0-9_-]+$/, said(stateForm()))
      .length(STATE_LENGTH, said(stateForm())),
    code: z.string().min(1).max(8_192).optional(),
    error: z.string().max(200).optional(),
    error_description: z.string().max(8_192).optional(),
  })
  .refine(({ code, error }) => (code === undefined) !== (error === undefined), {
    path: ['code'],
    ...said(codeOrError()),
  });
export type Callback = z.infer<typeof Callback>;

/** Entra's refusal as one sentence and its number, with what no text may hold taken out, and the state too. */
export function refusalOf({ error = '', error_description: description = '', state }: Partial<Callback>): {
  failure: string;
  aadsts: number | null;
} {
  // The ids and the time follow, on lines of their own or on the same one. One blank is matched and the others are
  // trimmed:
  // `\s+` before a word costs the square of a long run of blanks.
  const end = /[\r\n]|\s(?:Trace ID|Correlation ID|Timestamp):/i.exec(description)?.index;
  const firstLine = description.slice(0, end).trimEnd();
  const words = firstLine === '' ? error : `${error}: ${firstLine}`;
  const known = state ? words.replaceAll(state, '[secret]') : words;
  const text = known.replace(/\p{Cc}/gu, ' ').toWellFormed();
  const number = /\bAADSTS(\d{4,9})\b/.exec(description)?.[1];
  return {
    failure: `Entra ID refused the sign-in with ${text}`.slice(0, LONGEST).toWellFormed(),
    aadsts: number === undefined ? null : Number(number),
  };
}

const WORDS: Record<Language, Record<'code' | 'refusal', readonly [title: string, text: string]>> = {
  en: {
    code: [
      'Signed in',
      'The application server now obtains the first token. You may close this page and go back to Mailpath.',
    ],
    refusal: [
      'Not signed in',
      'Entra ID refused the sign-in. Mailpath shows the reason; you may close this page and go back there.',
    ],
  },
  ja: {
    code: [
      'サインインしました',
      'アプリケーション サーバーが最初のトークンを取得します。このページを閉じて、Mailpath に戻ってください。',
    ],
    refusal: [
      'サインインできませんでした',
      'Entra ID がサインインを拒否しました。理由は Mailpath に表示されます。このページを閉じて、Mailpath に戻ってください。',
    ],
  },
};

/** The page that a person sees when the browser comes back. It says nothing that came with the request. */
export function callbackPage(taken: 'code' | 'refusal', language: Language): string {
  const [title, text] = WORDS[language][taken];
  return personPage(language, `${title} - Mailpath`, `<p>${text}</p>\n`);
}
