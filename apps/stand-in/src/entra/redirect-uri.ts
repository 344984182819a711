import type { Application } from '../directory.ts';
import { EntraError } from './entra-error.ts';

const LONGEST = 256;
const FORBIDDEN = /[!$'(),;]/;

/** Why Entra ID does not let this be registered as a redirect URI; null: it does. */
export function whyNotRegistrable(text: string): string | null {
  const url = URL.parse(text);
  if (!url) return 'write an absolute URI such as https://ece.example.com/system/oauth';
  const isLocal = url.hostname === 'localhost';
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) {
    return 'use https; http is for localhost only';
  }
  if (text.length > LONGEST) return `use at most ${LONGEST} characters`;
  if (FORBIDDEN.test(text)) return "leave out the characters ! $ ' ( ) , ;";
  if (url.hash !== '') return 'leave out the fragment (#)';
  return null;
}

/** The redirect URI of a request, once it is one of the application's: path and query count in every letter. */
export function requireRegistered({ clientId, redirectUris }: Application, asked: string | null): string {
  if (redirectUris.length === 0) throw new EntraError(500113);
  if (asked === null || asked === '') throw new EntraError(900971);
  if (redirectUris.some((each) => comparable(each) === comparable(asked))) return asked;
  throw new EntraError(50011, {
    text: `The redirect URI '${asked}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application.`,
  });
}

/** Scheme and host count in any case of letters, and the port of localhost not at all; a missing path is `/`. */
function comparable(text: string): string {
  const url = URL.parse(text);
  if (!url) return text;
  // As it was written, since a URL is tidied up when it is read: `/a/../b` is not `/b` here.
  const [origin = text] = /^[a-z]+:\/\/[^/?#]*/i.exec(text) ?? [];
  const rest = text.slice(origin.length);
  const host = url.hostname === 'localhost' ? 'localhost' : url.host;
  return `${url.protocol}//${host}${rest.startsWith('/') ? rest : `/${rest}`}`;
}
