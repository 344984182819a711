const MASK = '[secret]';

/**
 * What looks like a secret wherever it stands. The agent has masked those that it was lent: this is for what nobody
 * knew
 * of, such as the token that a proxy repeats. Every part is bounded, so no text takes longer than its length.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // A JSON Web Token, whole or cut (RFC 7519).
  [/\beyJ[\w-]{6,8192}(?:\.[\w-]{0,8192}){0,4}/g, MASK],
  // Keys of this API, and refresh tokens and codes of Entra.
  [/\bmpk_[\w-]{20,64}/g, MASK],
  [/\b[01]\.A[\w-]{20,4096}(?:\.[\w-]{1,4096}){0,3}/g, MASK],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,8192}/gi, `$1 ${MASK}`],
  [/\b(AUTH(?:ENTICATE)? (?:XOAUTH2|OAUTHBEARER|PLAIN|LOGIN)) [\w+/=-]{8,8192}/gi, `$1 ${MASK}`],
  // As a URL, a form or JSON writes them; on Microsoft's page of errors a code of digits is the number of one.
  [
    /\b(?!(?<=login\.microsoftonline\.com\/error\?)code=\d{5,9}\b)(client_secret|client_assertion|refresh_token|access_token|id_token|code|password|assertion)(=|%3D|": ?")[^\s&"'<>]{6,8192}/gi,
    `$1$2${MASK}`,
  ],
];

export const textWithoutTokens = (text: string): string =>
  SHAPES.reduce((left, [shape, mask]) => left.replace(shape, mask), text);

/** The same for every text inside a value of JSON; names of properties stay. */
export function withoutTokens<T>(value: T): T {
  if (typeof value === 'string') return textWithoutTokens(value) as T;
  if (Array.isArray(value)) return value.map(withoutTokens) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutTokens(inner)])) as T;
}
