import type { StandardSchemaV1 } from '@standard-schema/spec';
import { MailpathError, type FieldError } from './errors.ts';

const MAX_ERRORS = 20;

/** The issues of a schema as one refusal that names each field; `whole` is the name of the value itself. */
export function refuseFields(issues: readonly StandardSchemaV1.Issue[], whole: string): MailpathError {
  const errors = issues.slice(0, MAX_ERRORS).flatMap((issue) => fieldErrors(issue, whole));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const detail = first ? `${first.field}: ${first.message}${more}` : 'The request is not as described.';
  return new MailpathError('validation', detail, { errors });
}

/** zod's own facts about an issue, beyond the standard's path and message. */
interface ZodFacts {
  code?: string;
  keys?: string[];
  expected?: string;
  values?: unknown[];
  errors?: StandardSchemaV1.Issue[][];
}

function fieldErrors(issue: StandardSchemaV1.Issue, whole: string): FieldError[] {
  const { code, keys, values, expected } = issue as ZodFacts;
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (code === 'unrecognized_keys' && keys) {
    // Said of each unknown field by its own name, for whoever has mistyped it.
    return keys.slice(0, MAX_ERRORS).map((key) => ({
      field: shorten([...path, key].join('.')),
      message: 'this field is not known here; check its spelling or leave it out',
    }));
  }
  const field = shorten(path.join('.') || whole);
  if (code === 'invalid_value' && values) {
    return [{ field, message: `write one of: ${values.map(String).join(', ')}` }];
  }
  if (code === 'invalid_type' && isMissing(issue)) {
    return [{ field, message: 'this field is missing' }];
  }
  if (code === 'invalid_key') return [{ field, message: 'this name is not known here; check its spelling' }];
  if (code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return [
      { field, message: `this must be ${expected === 'object' ? 'a JSON object' : `of type ${expected}`}` },
    ];
  }
  return [{ field, message: issue.message }];
}

/** zod says of an absent field that `undefined` was received. */
const isMissing = (issue: StandardSchemaV1.Issue): boolean => issue.message.endsWith('received undefined');

/** The path holds names that the caller chose. */
const shorten = (field: string): string => (field.length > 100 ? `${field.slice(0, 99)}…` : field);
