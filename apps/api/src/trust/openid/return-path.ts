import { z } from 'zod';
import { returnPath } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const path = said(returnPath());

/** A host that no address has: what is read against it and keeps it names no other. */
const NOWHERE = 'http://mailpath.invalid';

function pathIn(text: string): string | null {
  if (!/^\/[\x21-\x7e]*$/.test(text) || !URL.canParse(text, NOWHERE)) return null;
  const { origin, pathname, search, hash } = new URL(text, NOWHERE);
  // `/.//host` is a path of ours and, once its dots are gone, an address of another host.
  const isOurs = origin === NOWHERE && !pathname.startsWith('//') && !/^\/v1(?:\/|$)/.test(pathname);
  return isOurs ? `${pathname}${search}${hash}` : null;
}

/** Where the browser is led after the sign-in: a page of ours, and nothing that a link from elsewhere could make it. */
export const ReturnPath = z
  .string(path)
  .max(500, path)
  .refine((text) => pathIn(text) !== null, path)
  .transform((text) => pathIn(text) ?? '/')
  .default('/');
