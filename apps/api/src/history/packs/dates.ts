/**
 * Forms in which servers tell the time: RFC 9110 with and without its zone, RFC 5322, and the same in UTC's own words.
 */
const FORMS: readonly { name: string; write: (utc: string) => string }[] = [
  { name: 'gmt', write: (utc) => utc },
  { name: 'bare', write: (utc) => utc.slice(0, -4) },
  { name: '+0000', write: (utc) => `${utc.slice(0, -4)} +0000` },
  { name: '5322', write: (utc) => `${withoutZero(utc).slice(0, -4)} +0000` },
  { name: '5322-bare', write: (utc) => withoutZero(utc).slice(0, -4) },
  { name: 'iso', write: (utc) => new Date(utc).toISOString() },
  { name: 'iso-seconds', write: (utc) => `${new Date(utc).toISOString().slice(0, 19)}Z` },
];
const withoutZero = (utc: string): string => utc.replace(', 0', ', ');

/** The form all these texts are in, with their seconds since 1970; null where they are in none, or not in the same. */
export function readDates(texts: readonly string[]): { form: number; seconds: number[] } | null {
  const [first = ''] = texts;
  const form = FORMS.findIndex((_, at) => secondsOf(first, at) !== null);
  if (form < 0) return null;
  const seconds: number[] = [];
  for (const text of texts) {
    const read = secondsOf(text, form);
    if (read === null) return null;
    seconds.push(read);
  }
  return { form, seconds };
}

export const writeDate = (form: number, seconds: number): string =>
  FORMS[form]?.write(new Date(seconds * 1_000).toUTCString()) ?? '';

/** Only what is written again letter by letter counts as read. */
function secondsOf(text: string, form: number): number | null {
  if (text.length < 18 || text.length > 40) return null;
  const bare = form === 1 || form === 4 ? `${text} GMT` : text;
  const ms = Date.parse(bare);
  if (!Number.isFinite(ms) || ms % 1_000 !== 0) return null;
  return writeDate(form, ms / 1_000) === text ? ms / 1_000 : null;
}
