import type { CheckResult, Phase } from '@mailpath/protocol';
import { distinct, endpointOf, getsThrough, type RuleContext } from '../look.ts';
import { spoken } from '../sign-in/sign-in.ts';
import { CUT } from './replies.ts';

const ABOVE_TCP = ['tls', 'greet', 'starttls', 'http'];

export const spokenWith = ({ evidence }: CheckResult) => evidence.connect?.spokenWith ?? [];

/** Addresses that took the connection and failed above it, in a check that another address of the name served. */
function failedIn(result: CheckResult): { address: string; phase: Phase; silent: boolean }[] {
  const spoken = spokenWith(result);
  if (!getsThrough(result) || !spoken.some(({ outcome }) => outcome === 'served')) return [];
  return spoken.flatMap(({ address, phase, outcome }) =>
    outcome !== 'served' && ABOVE_TCP.includes(phase) && CUT.includes(outcome)
      ? [{ address, phase, silent: outcome === 'timeout' }]
      : [],
  );
}

/** The addresses that a client was served by. */
export const servedBy = (result: CheckResult): string[] => {
  const { used } = result.evidence.connect ?? {};
  if (!getsThrough(result)) return [];
  const spoken = spokenWith(result).flatMap(({ address, outcome }) =>
    outcome === 'served' ? [address] : [],
  );
  return spoken.length > 0 ? spoken : used ? [used] : [];
};

/** A check that may not try another address (a credential is sent once) met the same front end. */
const meets =
  (address: string) =>
  (result: CheckResult): boolean =>
    result.outcome === 'fail' &&
    result.evidence.connect?.used === address &&
    ABOVE_TCP.includes(result.failure?.phase ?? '') &&
    CUT.includes(result.failure?.code ?? '');

/** It met that front end at first and was served when it looked again, by another address. */
const metAtFirst =
  (address: string) =>
  (result: CheckResult): boolean =>
    result.outcome === 'pass' && result.repeats !== null && !servedBy(result).includes(address);

/** A round trip that could not read the mailbox there: it says at second hand what the checks of that place met. */
const readsAt =
  (results: readonly CheckResult[]) =>
  (result: CheckResult): boolean =>
    result.failure?.phase === 'receive' &&
    CUT.includes(result.failure.code) &&
    !Object.hasOwn(result.evidence.roundTrip ?? {}, 'foundMs') &&
    results.some(({ check }) => check.startsWith(`${spoken(result)}.`));

/** One address of a name that takes the connection and fails above it. */
export interface DeafFrontEnd {
  address: string;
  silent: boolean;
  /** The first phase in which it failed. */
  phase: Phase | null;
  results: readonly CheckResult[];
  /** Round trips that failed for it. */
  consequences: readonly CheckResult[];
  /** Addresses of the same name that were reached and not spoken with; where another one serves, nobody asks. */
  untried: readonly string[];
}

/** Addresses that fail where another one of the name serves. */
function besideServing(context: RuleContext): DeafFrontEnd[] {
  const seen = context.unexplained.flatMap((result) => failedIn(result).map((each) => ({ ...each, result })));
  return [...Map.groupBy(seen, ({ address }) => address)].flatMap(([address, each]) => {
    const [first] = each;
    if (!first) return [];
    const places = each.map(({ result }) => endpointOf(result));
    // An address that serves the same port elsewhere on this server is well.
    const serves = context.server.results.some(
      (result) => places.includes(endpointOf(result)) && servedBy(result).includes(address),
    );
    if (serves) return [];
    const same = context.unexplained.filter(
      (result) =>
        places.includes(endpointOf(result)) && (meets(address)(result) || metAtFirst(address)(result)),
    );
    const results = distinct([...each.map(({ result }) => result), ...same]);
    return [
      {
        address,
        silent: each.every(({ silent }) => silent),
        phase: first.phase,
        results,
        consequences: context.unexplained.filter(readsAt(results)),
        untried: [],
      },
    ];
  });
}

/** Reached addresses of the family that was used, none of which was spoken with. */
function notSpokenWith({ evidence: { connect } }: CheckResult): string[] {
  const used = connect?.attempts.find(({ address }) => address === connect.used);
  if (!connect || !used || connect.spokenWith) return [];
  return connect.attempts.flatMap(({ address, family, outcome }) =>
    outcome === 'reached' && family === used.family && address !== used.address ? [address] : [],
  );
}

const isCutAbove = ({ outcome, failure }: CheckResult): boolean =>
  outcome === 'fail' && ABOVE_TCP.includes(failure?.phase ?? '') && CUT.includes(failure?.code ?? '');

/**
 * Whatever was cut met one and the same address, and the others of the name were not spoken with: an agent that tries
 * one, or a check that may send its credential once. It may be this front end, and nothing shows that it is the path.
 */
function alone({ server, unexplained }: RuleContext): DeafFrontEnd[] {
  const cut = server.results.filter(isCutAbove);
  const [address, ...others] = distinct(cut.map(({ evidence }) => evidence.connect?.used ?? ''));
  const untried = distinct(cut.flatMap(notSpokenWith));
  if (!address || others.length > 0 || untried.length === 0) return [];
  if (!cut.every((result) => unexplained.includes(result) && notSpokenWith(result).length > 0)) return [];
  if (server.results.some((result) => servedBy(result).includes(address))) return [];
  return [
    {
      address,
      silent: cut.every(({ failure }) => failure?.code === 'timeout'),
      phase: cut[0]?.failure?.phase ?? null,
      results: cut,
      consequences: unexplained.filter(readsAt(cut)),
      untried,
    },
  ];
}

export function deafFrontEnds(context: RuleContext): DeafFrontEnd[] {
  const beside = besideServing(context);
  return beside.length > 0 ? beside : alone(context);
}
