import type { Bilingual } from '@mailpath/protocol';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { z } from 'zod';
import { type FieldError, invalidFields, MailpathError } from './errors.ts';
import * as words from './field-refusals.ts';
import type { Refusal } from './refusal.ts';
import { unreadable } from './refusals.ts';

const MAX_ERRORS = 20;

/** The issues of a schema as one refusal that names each field; `whole` is the name of the value itself. */
export function refuseFields(issues: readonly StandardSchemaV1.Issue[], whole: string): MailpathError {
  const [first, ...others] = issues.slice(0, MAX_ERRORS).flatMap((issue) => fieldErrors(issue, whole));
  return first ? invalidFields([first, ...others]) : new MailpathError('validation', unreadable());
}

/** zod's own facts about an issue, beyond the standard's path and message; `said`: the words that its schema has. */
type Issue = (z.core.$ZodIssue | { code?: never }) & StandardSchemaV1.Issue & { said?: Bilingual };

function fieldErrors(issue: StandardSchemaV1.Issue, whole: string): FieldError[] {
  const told = issue as Issue;
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (told.code === 'unrecognized_keys') {
    // Said of each unknown field by its own name, for whoever has mistyped it.
    return told.keys.slice(0, MAX_ERRORS).map((key) => ({
      field: shorten([...path, key].join('.')),
      refusal: words.fieldUnknown(),
    }));
  }
  return [{ field: shorten(path.join('.') || whole), refusal: refusalOf(issue) }];
}

/** What an issue is told as: by the words of its schema, else by its code and the parameters of that. Pure. */
export function refusalOf(issue: StandardSchemaV1.Issue): Refusal {
  const told = issue as Issue;
  if (told.said) return { key: 'platform.said-by-schema', words: told.said };
  switch (told.code) {
    case 'invalid_value':
      return words.oneOf({ values: told.values.map(String).join(', ') });
    case 'invalid_type':
      return isMissing(issue) ? words.fieldMissing() : ofType(told.expected);
    case 'invalid_key':
      return words.nameUnknown();
    case 'too_small':
      return tooSmall(told.origin, String(told.minimum));
    case 'too_big':
      return tooBig(told.origin, String(told.maximum));
    case 'not_multiple_of':
      return words.multipleOf({ divisor: String(told.divisor) });
    case 'invalid_format':
      return ofFormat(told.format);
    case 'unrecognized_keys':
      return words.fieldUnknown();
    default:
      return words.anotherForm();
  }
}

function ofType(expected: string): Refusal {
  if (expected === 'object' || expected === 'record') return words.notAnObject();
  return expected === 'boolean' ? words.trueOrFalse() : words.ofType({ expected });
}

function tooSmall(origin: string, least: string): Refusal {
  if (origin === 'string') return least === '1' ? words.textEmpty() : words.textTooShort({ least });
  return isCounted(origin) ? words.tooFewEntries({ least }) : words.numberTooSmall({ least });
}

function tooBig(origin: string, most: string): Refusal {
  if (origin === 'string') return words.textTooLong({ most });
  return isCounted(origin) ? words.tooManyEntries({ most }) : words.numberTooLarge({ most });
}

const isCounted = (origin: string): boolean => ['array', 'set', 'map', 'record', 'object'].includes(origin);

function ofFormat(format: string): Refusal {
  if (format === 'uuid' || format === 'guid') return words.notAUuid();
  if (format === 'datetime') return words.notAMoment();
  if (format === 'date') return words.notADay();
  return format === 'url' ? words.notAUrl() : words.anotherForm();
}

/** zod says of an absent field that `undefined` was received, and hands the value itself to nobody. */
const isMissing = (issue: StandardSchemaV1.Issue): boolean => issue.message.endsWith('received undefined');

/** The path holds names that the caller chose. */
const shorten = (field: string): string => (field.length > 100 ? `${field.slice(0, 99)}…` : field);
