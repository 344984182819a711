import type { JsonLack } from '../field-refusals.ts';

/** Where a text stops being JSON (RFC 8259). */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly lack: JsonLack;
}

/** One token at a time, so that no text takes longer than its length. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\]:,])|("(?:[ !#-[\]-\uffff]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y;
const SPACE = /[ \t\r\n]*/y;

/** The first place at which a text is no JSON, null where all of it is. No recursion: brackets may lie at any depth. */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let wanted: JsonLack = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const [whole, mark, name, plain] = TOKEN.exec(text) ?? [];
    const next: JsonLack | null =
      whole === undefined
        ? null
        : after(wanted, open, mark ?? (name === undefined ? 'plain' : 'text'), plain);
    if (next === null) {
      SPACE.lastIndex = at;
      const fault = at + (SPACE.exec(text)?.[0].length ?? 0);
      return fault >= text.length && wanted === 'nothing' ? null : placeOf(text, fault, wanted);
    }
    wanted = next;
    at += (whole as string).length;
  }
}

/** What may follow a token where `wanted` was; null where the token may not stand there. */
function after(
  wanted: JsonLack,
  open: ('{' | '[')[],
  token: string,
  plain: string | undefined,
): JsonLack | null {
  const done = (): JsonLack => (open.length > 0 ? 'comma-or-end' : 'nothing');
  const isValue = wanted === 'value' || wanted === 'value-or-end';
  if (isValue && (token === 'text' || plain !== undefined)) return done();
  if (isValue && (token === '{' || token === '[')) {
    open.push(token);
    return token === '{' ? 'name-or-end' : 'value-or-end';
  }
  if ((wanted === 'name' || wanted === 'name-or-end') && token === 'text') return 'colon';
  if (wanted === 'colon' && token === ':') return 'value';
  if (wanted === 'comma-or-end' && token === ',') return open.at(-1) === '{' ? 'name' : 'value';
  const mayEnd = wanted === 'comma-or-end' || wanted === 'name-or-end' || wanted === 'value-or-end';
  if (mayEnd && token === (open.at(-1) === '{' ? '}' : ']')) {
    open.pop();
    return done();
  }
  return null;
}

function placeOf(text: string, at: number, wanted: JsonLack): JsonFault {
  return { ...placeIn(text, at), lack: wanted };
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - (before.lastIndexOf('\n') + 1) + 1 };
}

/** The first name that stands a second time in its object; the text is valid JSON. */
export function repeatedName(text: string): { line: number; column: number; name: string } | null {
  const open: (Set<string> | null)[] = [];
  let isName = false;
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const [whole, mark, quoted] = TOKEN.exec(text) ?? [];
    if (whole === undefined) return null;
    at += whole.length;
    const names = open.at(-1);
    if (quoted !== undefined && isName && names) {
      const name = JSON.parse(quoted) as string;
      if (names.has(name)) return { ...placeIn(text, at - quoted.length), name };
      names.add(name);
    }
    if (mark === '{' || mark === '[') open.push(mark === '{' ? new Set() : null);
    if (mark === '}' || mark === ']') open.pop();
    isName = mark === '{' || mark === ',';
  }
}
