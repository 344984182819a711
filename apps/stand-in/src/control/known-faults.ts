import { AADSTS_ANSWERS } from '../entra/aadsts-answers.ts';
import { HTTP_FAULTS } from '../entra/entra-faults.ts';
import { CUSTOM_FAULTS } from './custom-faults.ts';
import { PATH_FAULTS } from '../path-faults.ts';
import { DNS_FAULTS } from '../resolver/dns-faults.ts';
import { KNOWN_ROWS } from '../mail/index.ts';

/** A fault that can be switched on. */
export interface KnownFault {
  id: string;
  /**
   * Where it shows: on the path, at the resolver, at the token endpoint, on the sign-in page, over HTTPS, or in a mail
   * session.
   */
  at: 'path' | 'resolver' | 'token' | 'sign-in-page' | 'web' | 'mail';
  meaning: string;
  /** Of mail: its row in the list of known answers. */
  source?: string;
}

const of = (at: KnownFault['at'], faults: Readonly<Record<string, string>>): KnownFault[] =>
  Object.entries(faults).map(([id, meaning]) => ({ id, at, meaning }));

/** Every fault there is. */
export const KNOWN_FAULTS: readonly KnownFault[] = [
  ...of('path', PATH_FAULTS),
  ...of('resolver', DNS_FAULTS),
  ...CUSTOM_FAULTS,
  ...of('token', HTTP_FAULTS),
  ...Object.entries(KNOWN_ROWS).map(([id, row]) => ({ id, at: 'mail' as const, ...row })),
  ...[...AADSTS_ANSWERS.values()].map(({ code, text, page }) => ({
    id: `AADSTS${code}`,
    at: page ? ('sign-in-page' as const) : ('token' as const),
    meaning: text,
  })),
];
