import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';
import { makeTestCa, type TestCa } from '@mailpath/checks/testing';

/** Who issues certificates in a recording. */
export interface Authorities {
  /** Stands for a public authority: its root is among those that every Node brings. */
  ofMicrosoft: TestCa;
  /** Of something on the way that inspects TLS. */
  ofInspector: TestCa;
}

let made: Promise<Authorities> | undefined;

/**
 * The authorities of this process. Whether a chain leads to a public root is what tells Microsoft from an inspector,
 * and the roots that Node brings cannot be added to by any option: so this process is told that it was built with one
 * more.
 */
export function authorities(): Promise<Authorities> {
  made ??= make();
  return made;
}

async function make(): Promise<Authorities> {
  const ofMicrosoft = await makeTestCa('DigiCert Cloud Services CA-1', 'DigiCert Inc');
  const ofInspector = await makeTestCa('Corp Proxy CA', 'Contoso');
  const brought = tls.getCACertificates;
  Object.assign(tls, {
    getCACertificates: (type?: 'default' | 'system' | 'bundled' | 'extra') =>
      type === 'bundled' ? [...brought(type), ofMicrosoft.certificate] : brought(type),
  });
  syncBuiltinESMExports();
  return { ofMicrosoft, ofInspector };
}
