import type { CheckResult } from '@mailpath/protocol';
import type { Check } from '../check.ts';
import type { Listener } from './listen.ts';
import { type ProbeOnce, probeOnce } from './probe-once.ts';
import { makeTestCa, type TestCa, type TlsPair } from './test-ca.ts';

/**
 * What the spec of a check works with: an authority that the probe trusts, a certificate of its, and servers to be
 * stopped.
 */
export interface Bench {
  readonly ca: TestCa;
  readonly tls: TlsPair;
  /** Runs the check once against the listener, which is stopped with the bench. */
  probe(check: Check, listener: Listener, options?: ProbeOnce): Promise<CheckResult>;
  stop(): Promise<void>;
}

/** `names` are those of the certificate. */
export async function makeBench(names: readonly string[] = ['127.0.0.1']): Promise<Bench> {
  const ca = await makeTestCa();
  const listeners: Listener[] = [];
  return {
    ca,
    tls: await ca.issue({ names }),
    probe(check, listener, options = {}) {
      listeners.push(listener);
      const place = { host: '127.0.0.1', port: listener.port };
      return probeOnce(check, place, { trust: [ca.certificate], ...options });
    },
    async stop() {
      await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
    },
  };
}
