import { Instant } from '@mailpath/protocol';
import { z } from 'zod';
import {
  anotherForm,
  notAMoment,
  hiddenText,
  notPlainText,
  severalOf,
  tooManyValues,
} from './field-refusals.ts';
import { type Refusal, said } from './refusal.ts';
import { refusalOf } from './validation.ts';

/** An id in a path. */
export const Id = z.uuid();

const moment = said(notAMoment());

/**
 * A moment as RFC 3339 has it, with any offset; it is read as UTC. In a query an unescaped + arrives as a space, and
 * is taken for what it was.
 */
export const Moment = z
  .string(moment)
  .max(64, moment)
  .transform((text) => text.replace(/ (\d\d:\d\d)$/, '+$1'))
  .pipe(z.iso.datetime({ offset: true, ...moment }))
  .transform((text) => (Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : text))
  .pipe(Instant)
  .meta({ format: 'date-time', examples: ['2026-11-24T12:00:00+09:00'] });

/** Under this name a schema tells the document what its list is made of. */
export const COMMA_LIST = 'x-comma-list';
/** The most values that one part of a filter may have. */
export const COMMA_LIST_MAX = 20;
const tooMany = tooManyValues({ most: COMMA_LIST_MAX });

/** Several words of a closed list, with commas between: `fail,throttled`. */
export const oneOrMore = <Word extends string>(words: z.ZodEnum<{ [K in Word]: K }>) =>
  commaList(
    words as unknown as z.ZodType<Word, string>,
    { type: 'string', enum: words.options },
    severalOf({ values: words.options.join(', ') }),
  );

/** Several names, with commas between. */
export const namesOf = <Name extends z.ZodType<string, string>>(name: Name) => commaList(name, shownOf(name));

/** What the document says of one name: what a schema demands of it, without the schema's own words. */
function shownOf(name: z.ZodType): object {
  const { type, minLength, maxLength, pattern, format } = z.toJSONSchema(name, { io: 'input' });
  return JSON.parse(JSON.stringify({ type, minLength, maxLength, pattern, format })) as object;
}

/** A value that is none of the list's is told of the whole field: its place in the text helps nobody. */
function commaList<Out extends string>(item: z.ZodType<Out, string>, shown: object, remedy?: Refusal) {
  return z
    .string()
    .max(COMMA_LIST_MAX * 400, said(tooMany))
    .transform((text, context): Out[] => {
      const parts = [...new Set(text.split(',').map((part) => part.trim()))];
      const refuse = ({ words }: Refusal) => {
        context.issues.push({ code: 'custom', message: words.en, said: words, input: text });
        return z.NEVER;
      };
      if (!isPlainText(text)) return refuse(notPlainText());
      if (parts.length > COMMA_LIST_MAX) return refuse(tooMany);
      const values: Out[] = [];
      for (const part of parts) {
        const read = item.safeParse(part);
        if (!read.success) return refuse(remedy ?? read.error.issues.map(refusalOf)[0] ?? anotherForm());
        values.push(read.data);
      }
      return values;
    })
    .meta({ [COMMA_LIST]: shown });
}

/** Postgres stores no NUL and no half of a surrogate pair, nor can it be asked for them. */
const isPlainText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

/**
 * Text of a person, in any script; control characters have no business in a name.
 */
export const freeText = (max: number) =>
  z.string().trim().min(1).max(max).refine(isPlainText, said(notPlainText()));

/**
 * What nobody sees in a line of text, or what turns its direction: zero-width characters, soft hyphens, marks of
 * bidirectional text, line separators, fillers.
 */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;
/** Joiners are spelling in some scripts, and hold emoji together; beside ASCII they are only hidden. */
const JOINERS = /(?<=[^\0-\x7f])[\u200c\u200d](?=[^\0-\x7f])/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** Of all blanks the ideographic one is told apart by eye. */
const OTHER_BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;

/** Whether nothing in it is invisible or turns its direction. */
export const hidesNothing = (text: string): boolean => !UNSEEN.test(text.replace(JOINERS, ''));

/** One spelling for what looks the same: composed letters (NFC), and plain blanks for all that are as wide. */
export const oneSpelling = (text: string): string => text.normalize('NFC').replace(OTHER_BLANKS, ' ');

/**
 * Text by which people tell things apart, such as the name of a site or of a user: two of them that look the same are
 * the same, and nothing in one is hidden, as what was pasted from a page or a mail often has it.
 */
export const shownText = (max: number) =>
  freeText(max)
    .overwrite(oneSpelling)
    // What is empty is told so by the rules before.
    .refine((text) => text === '' || (SEEN.test(text) && hidesNothing(text)), said(hiddenText()));
