import type { X509Certificate } from 'node:crypto';
import type { FailureCode, RevocationHost, TlsEvidence } from '@mailpath/protocol';
import type { CheckRun } from '../check.ts';
import type { Route } from './network.ts';
import { stopwatch } from '../deadline.ts';
import { evidenceText } from '../evidence-text.ts';
import { codeOf, mostTelling } from '../failure.ts';
import { connected } from './dial.ts';
import type { Gate } from './gate.ts';
import { PeerBarred } from './gate.ts';
import type { LookUp } from './dns.ts';
import { revocationUrls } from './revocation-urls.ts';

/** OCSP and CRL of a certificate and of its issuer; what a chain names beyond them decides nothing. */
const MOST_PLACES = 4;
const LONGEST_DIAL_MS = 3_000;
/** How long a result waits for what is not yet known when its check has come to its end. */
const PATIENCE_MS = 1_000;

interface Place {
  host: string;
  port: number;
}

interface Try {
  readonly elapsed: () => number;
  /** Null where the gate permits none of the host's addresses. */
  readonly outcome: Promise<RevocationHost['outcome'] | null>;
}

/**
 * A round's tries of the hosts on which revocation is published: checks with the same chain try each host once
 * together.
 */
export class RevocationTries {
  readonly #lookUp: LookUp;
  readonly #gate: Gate;
  readonly #tries = new Map<string, Try>();
  readonly #ended = new AbortController();

  constructor(lookUp: LookUp, gate: Gate) {
    this.#lookUp = lookUp;
    this.#gate = gate;
  }

  /**
   * How these places were reached, in their order, without those that the gate permits nobody to try. What is not known
   * when `enough` is aborted is a time-out.
   */
  async outcomes(places: readonly Place[], enough: AbortSignal): Promise<RevocationHost[]> {
    const { promise: late, resolve } = Promise.withResolvers<'timeout'>();
    const onEnough = () => resolve('timeout');
    enough.addEventListener('abort', onEnough, { once: true });
    if (enough.aborted) onEnough();
    const told = await Promise.all(
      places.map(async ({ host, port }) => {
        const { outcome, elapsed } = this.#tryOf({ host, port });
        return {
          host: evidenceText(host),
          port,
          outcome: await Promise.race([outcome, late]),
          ms: elapsed(),
        };
      }),
    );
    enough.removeEventListener('abort', onEnough);
    return told.flatMap(({ outcome, ...place }) => (outcome === null ? [] : [{ ...place, outcome }]));
  }

  /** Ends what is still going on: the round is over. */
  stop(): void {
    this.#ended.abort(new Error('the round has ended'));
  }

  #tryOf(place: Place): Try {
    const key = `${place.host} ${place.port}`;
    const known = this.#tries.get(key);
    if (known) return known;
    const elapsed = stopwatch();
    let took: number | null = null;
    const outcome = this.#reach(place).finally(() => (took = elapsed()));
    const made = { outcome, elapsed: () => took ?? elapsed() };
    this.#tries.set(key, made);
    return made;
  }

  async #reach({ host, port }: Place): Promise<'reached' | FailureCode | null> {
    const codes: (FailureCode | null)[] = [];
    const door = { host, port, for: 'revocation', gate: this.#gate } as const;
    let barred = false;
    try {
      // One after the other, as the programs do that ask for revocation.
      for (const address of (await this.#lookUp(host)).slice(0, MOST_PLACES)) {
        try {
          (await connected(address, door, LONGEST_DIAL_MS, this.#ended.signal)).destroy();
          return 'reached';
        } catch (error) {
          // A failed attempt is a fact; the next address is tried.
          if (error instanceof PeerBarred) barred = true;
          else codes.push(codeOf(error));
        }
      }
    } catch (error) {
      // A name that is not found is a fact as well.
      codes.push(codeOf(error));
    }
    return barred && codes.length === 0 ? null : (mostTelling(codes) ?? 'internal');
  }
}

/**
 * Tries the hosts on which this chain's revocation is published and adds them to the evidence, in the background: a
 * client that asks them stalls where they are blocked. Only a trusted chain is followed; nobody else tells this machine
 * whom to call.
 */
export function tryRevocation(
  chain: readonly X509Certificate[],
  seen: TlsEvidence,
  run: CheckRun,
  route: Route,
): void {
  const { revocation: tries } = route;
  const places = tries && seen.trusted ? placesOf(chain) : [];
  if (!tries || places.length === 0) return;
  route.inBackground(
    (async () => {
      const enough = patience(run, route.ended);
      try {
        run.record('tls', { ...seen, revocation: await tries.outcomes(places, enough.signal) });
      } finally {
        enough.clear();
      }
    })(),
  );
}

/** Aborted when the check has been over for a while, and at its deadline. */
function patience(run: CheckRun, ended: Promise<void>): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => controller.abort();
  run.signal.addEventListener('abort', stop, { once: true });
  let cleared = false;
  void ended.then(() => {
    if (!cleared) timer = setTimeout(stop, PATIENCE_MS);
  });
  const clear = () => {
    cleared = true;
    clearTimeout(timer);
    run.signal.removeEventListener('abort', stop);
  };
  return { signal: controller.signal, clear };
}

/**
 * The distinct places behind the chain's URLs, the server's own certificate first. Plain HTTP only (RFC 5280 knows LDAP
 * too).
 */
export function placesOf(chain: readonly X509Certificate[]): Place[] {
  const places = new Map<string, Place>();
  for (const text of chain.flatMap(revocationUrls)) {
    const url = URL.parse(text);
    if (url?.protocol !== 'http:' || places.size === MOST_PLACES) continue;
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    places.set(url.host, { host, port: url.port === '' ? 80 : Number(url.port) });
  }
  return [...places.values()];
}
