import { plainText } from '../plain-text.ts';

/** Markup that may be put into other markup as it is; made by `markup` alone. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Part = string | number | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text from outside, as text: without what a browser obeys, and without controls and marks that turn its direction. */
export const escaped = (text: string): string =>
  text
    .split('\n')
    .map((line) => plainText(line).replace(/[&<>"'`]/g, (each) => ENTITIES[each] ?? each))
    .join('\n');

function written(part: Part): string {
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(String).join('');
  return escaped(String(part));
}

/** Markup with values in it: each is escaped unless it was made here. For elements and quoted attributes. */
export const markup = (fixed: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(fixed.map((text, i) => text + (i < parts.length ? written(parts[i] as Part) : '')).join(''));

export const NOTHING = markup``;
