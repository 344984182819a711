import { Language } from '@mailpath/protocol';
import Negotiator from 'negotiator';

/**
 * The language that the caller likes best of those there are (RFC 9110, section 12.5.4; `ja-JP` is served with `ja`,
 * RFC 4647 section 3.4). English where nothing else is said, or nothing that is understood: it is never a reason to
 * refuse.
 */
export function acceptedLanguage(header: string | undefined): Language {
  const headers = { 'accept-language': header ?? 'en' };
  return (new Negotiator({ headers }).language([...Language.options]) as Language | undefined) ?? 'en';
}
