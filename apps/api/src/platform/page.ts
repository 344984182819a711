import { z } from 'zod';
import { invalidField } from './errors.ts';
import { cursorNotOurs, limitRange } from './field-refusals.ts';
import { said } from './refusal.ts';

const limit = said(limitRange());

/** The query of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce
    .number(limit)
    .int(limit)
    .min(1, limit)
    .max(500, limit)
    .default(100)
    .describe('The most items in one answer.'),
  cursor: z
    .string()
    .max(1024, said(cursorNotOurs()))
    .optional()
    .describe('nextCursor of the previous answer; left out for the first page.'),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The schema of a list's answer, named `<id>` in the document. */
export const pageOf = <Item extends z.ZodType>(id: string, item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() }).meta({ id });

/** Where a page ended: the sort values of its last item, made opaque for the way through the caller. */
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads it back by the schema of those values; whatever is not a cursor of this list is a 400 that names `cursor`. */
export function decodeCursor<Place>(cursor: string | undefined, schema: z.ZodType<Place>): Place | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof z.ZodError) {
      throw invalidField('cursor', cursorNotOurs());
    }
    throw cause;
  }
}

/** Cuts rows that were read with one more than the limit into a page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => readonly (string | number)[],
  item: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(place(last)) : null,
  };
}
