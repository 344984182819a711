import { varyingSpans } from './varying-text.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Stands where a value was taken out. A text that has it of its own is taken out as a whole. */
export const HOLE = '\uE000';
/** Numbers of which there are few; every other one is a measure or a moment. */
const STABLE_NUMBERS = new Set(['family', 'status', 'port', 'count', 'aadsts']);
/** What is the same until somebody changes it, whatever digits are in it. */
const STABLE_PARTS = new Set(['chain', 'cipher', 'version', 'versions', 'serverName', 'subjectAltNames']);

/**
 * A value in two parts: what is the same at every observation, and what is not, in the order in which it was taken out.
 */
export interface TakenApart {
  skeleton: Json;
  values: (number | string)[];
}

/** Takes apart; `putTogether` gives the same value again. */
export function takeApart(value: Json): TakenApart {
  const values: (number | string)[] = [];
  return { skeleton: without(value, '', values), values };
}

/**
 * Fills a skeleton with the values that `next` gives one after the other. What has no place for a value is not copied:
 * all that are made of the same skeleton have it in common, frozen.
 */
export function putTogether(skeleton: Json, next: () => Json): Json {
  if (typeof skeleton === 'string') {
    if (skeleton === HOLE) return next();
    return skeleton.includes(HOLE) ? skeleton.replaceAll(HOLE, () => next() as string) : skeleton;
  }
  if (typeof skeleton !== 'object' || skeleton === null) return skeleton;
  const { keys, isWhole } = shapeOf(skeleton);
  if (isWhole) return skeleton;
  if (isList(skeleton)) return skeleton.map((each) => putTogether(each, next));
  return Object.fromEntries(keys.map((key) => [key, putTogether(skeleton[key] as Json, next)]));
}

/** What is the same however often a skeleton is filled. */
interface Shape {
  keys: readonly string[];
  /** It has no place for a value. */
  isWhole: boolean;
}

const shapes = new WeakMap<object, Shape>();

function shapeOf(skeleton: object): Shape {
  const known = shapes.get(skeleton);
  if (known) return known;
  const keys = keysOf(skeleton);
  const isWhole = Object.values(skeleton).every((inner: Json) =>
    typeof inner === 'string'
      ? !inner.includes(HOLE)
      : typeof inner !== 'object' || inner === null || shapeOf(inner).isWhole,
  );
  if (isWhole) Object.freeze(skeleton);
  const shape = { keys, isWhole };
  shapes.set(skeleton, shape);
  return shape;
}

/** In an order that does not depend on how an object came, or came back. */
export const keysOf = (value: object): string[] => Object.keys(value).sort();

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function without(value: Json, key: string, values: (number | string)[]): Json {
  if (typeof value === 'number') {
    // What JSON has no number for would not come back.
    if (STABLE_NUMBERS.has(key)) return value;
    values.push(value);
    return HOLE;
  }
  if (typeof value === 'string') return withoutSpans(value, values);
  if (isList(value)) return value.map((each) => without(each, key, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    keysOf(value).map((name) => {
      const inner = value[name] as Json;
      return [name, STABLE_PARTS.has(name) && !holds(inner) ? inner : without(inner, name, values)];
    }),
  );
}

/** Whether the mark of a hole stands in a text, or anywhere inside. */
function holds(value: Json): boolean {
  if (typeof value === 'string') return value.includes(HOLE);
  if (isList(value)) return value.some(holds);
  return typeof value === 'object' && value !== null && Object.values(value).some(holds);
}

function withoutSpans(text: string, values: (number | string)[]): string {
  const spans = text.includes(HOLE) ? [[0, text.length] as const] : varyingSpans(text);
  let rest = '';
  let at = 0;
  for (const [from, to] of spans) {
    values.push(text.slice(from, to));
    rest += text.slice(at, from) + HOLE;
    at = to;
  }
  return rest + text.slice(at);
}
