import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { Problem } from '@mailpath/protocol';

type Field = { field: string; message: string };

/** A request to the control interface that is refused, in the form of the API's own refusals (RFC 9457). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly Field[];

  constructor(status: number, code: string, detail: string, fields: readonly Field[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }

  get problem(): Problem {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Refused',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.fields.length > 0 ? { errors: [...this.fields] } : {}),
    };
  }
}

/** The value as the schema has it, or a refusal that names every field; `whole` is the name of the value itself. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  whole = 'body',
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) => fieldsOf(issue, whole));
  const detail = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new Refusal(400, 'validation', detail, fields);
}

function fieldsOf(issue: z.core.$ZodIssue, whole: string): Field[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      message: 'is not known: leave it out',
    }));
  }
  return [{ field: path.join('.') || whole, message: issue.message }];
}

export const notFound = (detail: string): Refusal => new Refusal(404, 'not-found', detail);
