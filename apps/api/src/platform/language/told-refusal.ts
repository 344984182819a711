import type { Language } from '@mailpath/protocol';
import type { FieldError, MailpathError } from '../errors.ts';
import { FIELD_ERRORS } from './japanese-field-errors.ts';
import { REFUSALS, TITLES } from './japanese-refusals.ts';

interface Told {
  title: string;
  detail: string;
  errors: readonly FieldError[] | undefined;
}

interface Template {
  /** What stands before, between and after what is told of this one. */
  parts: readonly string[];
  japanese: string;
}

const templatesOf = (sentences: Record<string, string>): Template[] =>
  Object.entries(sentences)
    .map(([english, japanese]) => ({ parts: english.split('{}'), japanese }))
    // The longest first: a sentence with little of its own would take those of others for its own.
    .toSorted((a, b) => b.parts.join('').length - a.parts.join('').length);

const OF_REFUSALS = templatesOf(REFUSALS);
const OF_FIELDS = templatesOf(FIELD_ERRORS);

/** A refusal as it is told in a language. Where there is no Japanese sentence, the title is all that is Japanese. */
export function toldRefusal(refusal: MailpathError, language: Language): Told {
  const { title, detail, errors } = refusal;
  if (language === 'en') return { title, detail, errors };
  const told = errors?.map(({ field, message }) => ({
    field,
    message: inJapanese(OF_FIELDS, message) ?? message,
  }));
  const [first] = told ?? [];
  const more = told && told.length > 1 ? `（ほか ${told.length - 1} 件）` : '';
  return {
    title: TITLES[refusal.code],
    detail: first
      ? `${first.field}：${first.message}${more}`
      : (refusal.refusal?.words.ja ??
        inJapanese(OF_REFUSALS, detail) ??
        `${TITLES[refusal.code]}：${detail}`),
    errors: told,
  };
}

function inJapanese(templates: readonly Template[], english: string): string | null {
  for (const { parts, japanese } of templates) {
    const values = valuesIn(english, parts);
    if (values) return filled(japanese, values);
  }
  return null;
}

/** What stands between the parts, in one pass; null where it is another sentence. */
function valuesIn(text: string, parts: readonly string[]): string[] | null {
  const [first = '', ...rest] = parts;
  const last = rest.at(-1);
  if (last === undefined) return text === first ? [] : null;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const end = text.length - last.length;
  const values: string[] = [];
  let at = first.length;
  for (const [i, part] of rest.entries()) {
    const next = i === rest.length - 1 ? end : text.indexOf(part, at);
    if (next < at || next > end) return null;
    values.push(text.slice(at, next));
    at = next + part.length;
  }
  return values;
}

const filled = (japanese: string, values: readonly string[]): string =>
  japanese
    .split('{}')
    .map((part, i) => (i === 0 ? part : `${values[i - 1] ?? ''}${part}`))
    .join('');
