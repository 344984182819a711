import { makeTestCa, selfSigned, type TestCa } from '@mailpath/checks/testing';
import type { PathFault } from './path-faults.ts';
import type { ServerTls } from './server-tls.ts';

/** OpenSSL lets weak keys, digests and old versions pass at this level only. */
const WEAK = { ciphers: 'DEFAULT@SECLEVEL=0' } as const;

const old = (version: 'TLSv1' | 'TLSv1.1'): Partial<ServerTls> => ({
  ...WEAK,
  minVersion: version,
  maxVersion: version,
});

/** The certificates of all paths; those of faults are made when a fault wants them first. */
export class Certificates {
  readonly #names: readonly string[];
  readonly #authority: TestCa;
  readonly #other: TestCa;
  readonly #made = new Map<PathFault | null, Promise<ServerTls>>();

  constructor(names: readonly string[], authority: TestCa, other: TestCa) {
    this.#names = names;
    this.#authority = authority;
    this.#other = other;
  }

  /** What is shown while that fault holds; null: while none does. */
  of(fault: PathFault | null): Promise<ServerTls> {
    const made = this.#made.get(fault) ?? this.#make(fault);
    this.#made.set(fault, made);
    return made;
  }

  async #make(fault: PathFault | null): Promise<ServerTls> {
    const names = this.#names;
    const own = this.#authority;
    switch (fault) {
      case 'other-authority':
        return this.#other.issue({ names });
      case 'certificate-expired':
        return own.issue({ names, expired: true });
      case 'certificate-not-yet-valid':
        return own.issue({ names, notYetValid: true });
      case 'certificate-other-name':
        return own.issue({ names: ['portal.contoso.example'] });
      case 'certificate-self-signed':
        return selfSigned(names);
      case 'certificate-weak-key':
        return { ...(await own.issue({ names, weak: 'key' })), ...WEAK };
      case 'certificate-weak-signature':
        return { ...(await own.issue({ names, weak: 'signature' })), ...WEAK };
      case 'certificate-no-intermediate':
        return own.issue({ names, intermediate: 'missing' });
      case 'certificate-unknown-root':
        return (await makeTestCa('DigiCert Global Root G2', 'DigiCert Inc')).issue({ names });
      case 'tls-1.0':
        return { ...(await this.of(null)), ...old('TLSv1') };
      case 'tls-1.1':
        return { ...(await this.of(null)), ...old('TLSv1.1') };
      case 'tls-1.2':
        return { ...(await this.of(null)), maxVersion: 'TLSv1.2' };
      default:
        // Any other fault is of the path alone, and what is shown on it is what is shown without a fault.
        return fault === null ? own.issue({ names }) : this.of(null);
    }
  }
}
