import { distinct, endpointOf } from '../../look.ts';
import { checkFacts, type Phase, type StandardTarget } from '@mailpath/protocol';
import { demandOf, serviceOf } from '../../demand.ts';
import type { Seen } from '../../settings/setting.ts';
import {
  asked,
  fails,
  inboundOf,
  messageOf,
  subjectOf,
  works,
  type ChecklistServer,
  type Known,
  type Verdict,
} from '../known.ts';
import { inconclusive } from '../inconclusive.ts';
import { say, type Told } from '../words/catalogue.ts';

/** What a result shows of one layer of the way. */
type Shows = 'good' | 'bad' | 'nothing';

interface Layer {
  /** Results that may show something of it. */
  concerns(seen: Seen): boolean;
  shows(seen: Seen): Shows;
  /** Without these, nothing can be said to hold. */
  needs(known: Known): readonly StandardTarget[];
  good(server: string, places: readonly string[]): Told;
  bad(seen: Seen): Told;
  mend(server: string, places: readonly string[]): Told;
  /** Said once the item holds. */
  remark?: Told;
  statements: readonly string[];
}

/** What is asked of a URL; the settings' own URLs are judged elsewhere. */
const asksUrl = ({ result: { check } }: Seen): boolean => {
  const { kind, speaks } = checkFacts(check);
  return kind === 'path' && speaks === 'https';
};
/** Phases in which the other end speaks its protocol already: whatever it says, the way to its port is open. */
const SPOKEN: ReadonlySet<Phase> = new Set(['authenticate', 'open-mailbox', 'token', 'send', 'receive']);
const phaseOf = ({ result }: Seen): Phase | undefined => result.failure?.phase;
const codeOf = ({ result }: Seen): string | undefined => result.failure?.code;
const hostOf = ({ result }: Seen): string => result.target.host;
const services = ({ site }: Known): StandardTarget[] => ['login', 'smtp', ...inboundOf(site)];

const URLS: Layer = {
  // a name below office365.com that does not resolve is no URL that is reached (S53), whatever port it was for
  concerns: (seen) => asksUrl(seen) || phaseOf(seen) === 'resolve',
  shows: (seen) => {
    if (works(seen)) return 'good';
    return fails(seen) && codeOf(seen) !== 'unavailable' ? 'bad' : 'nothing';
  },
  needs: () => ['login', 'exchange'],
  good: (server, places) => say('urls.good', server, places),
  bad: (seen) => say('urls.broken', seen.server, messageOf(seen)),
  mend: (server, places) => say('urls.mend', server, places),
  statements: ['S46', 'S52', 'S53', 'S54', 'S55'],
};

const PORTS: Layer = {
  concerns: () => true,
  shows: (seen) => {
    if (works(seen)) return 'good';
    const phase = phaseOf(seen);
    if (!fails(seen) || phase === undefined) return 'nothing';
    if (phase === 'connect' || phase === 'proxy') return 'bad';
    // A box in between may take any connection: what came after it must have been the other end's own protocol.
    return SPOKEN.has(phase) && (codeOf(seen) === 'denied' || codeOf(seen) === 'unavailable')
      ? 'good'
      : 'nothing';
  },
  needs: services,
  good: (server, places) => say('ports.good', server, places),
  bad: (seen) => say('ports.closed', seen.server, messageOf(seen)),
  mend: (server, places) => say('ports.open', server, places),
  statements: ['S49', 'S50', 'S51', 'S56', 'S57', 'S58', 'S59', 'S60'],
};

const TLS: Layer = {
  concerns: ({ result }) => checkFacts(result.check).speaks !== 'tcp',
  shows: (seen) => {
    const phase = phaseOf(seen);
    if (seen.result.evidence.tls?.trusted === false) return 'bad';
    if (works(seen)) return 'good';
    if (!fails(seen) || codeOf(seen) === 'unavailable') return 'nothing';
    if (phase === 'tls' || phase === 'starttls' || phase === 'proxy') return 'bad';
    return seen.result.evidence.tls ? 'good' : 'nothing';
  },
  needs: services,
  good: (server, places) => say('tls.good', server, places),
  bad: (seen) => say('tls.broken', seen.server, messageOf(seen)),
  mend: (server, places) => say('tls.mend', server, places),
  remark: say('tls.java'),
  statements: ['S46'],
};

function judge(layer: Layer, known: Known, server: ChecklistServer): Verdict {
  const seen = asked(known, server).filter((one) => layer.concerns(one));
  const places = (of: readonly Seen[]): string[] =>
    distinct(of.map(layer === URLS ? hostOf : ({ result }) => endpointOf(result)));
  const bad = seen.filter((one) => layer.shows(one) === 'bad');
  if (bad.length > 0) {
    const merely = bad.filter(
      ({ result }) => demandOf(result, server.roles, known.site.inboundProtocol).demand === 'recommended',
    );
    return {
      verdict: 'broken',
      sentences: [
        ...bad.map((one) => layer.bad(one)),
        ...(layer === PORTS && merely.length > 0 ? [say('ports.recommended', places(merely))] : []),
      ],
      nextSteps: [layer.mend(server.name, places(bad))],
      statements: distinct(
        bad.flatMap(({ result }) => demandOf(result, server.roles, known.site.inboundProtocol).statements),
      ),
      evidence: bad,
    };
  }
  const good = seen.filter((one) => layer.shows(one) === 'good');
  const shown = new Set(good.map(subjectOf));
  // What was looked at must have shown it, and so must what the checklist names, looked at or not.
  const open = distinct([...layer.needs(known), ...seen.map(subjectOf)]).filter((one) => !shown.has(one));
  if (open.length === 0)
    return {
      verdict: 'holds',
      sentences: [layer.good(server.name, places(good))],
      nextSteps: layer.remark ? [layer.remark] : [],
      statements: layer.statements,
      evidence: good,
    };
  const isOpen = (one: Seen): boolean => open.includes(subjectOf(one));
  return inconclusive(
    {
      fresh: seen.filter(isOpen),
      stale: known.stale.filter(
        (one) => one.server === server.name && serviceOf(one.result) !== null && isOpen(one),
      ),
      none: {
        sentence: say('told.none-of', open, server.name),
        needed: say('need.agent', server.name),
      },
    },
    layer.statements,
  );
}

/** C9: names that resolve, and hosts that answer by HTTPS. */
export const urls = (known: Known, server: ChecklistServer): Verdict => judge(URLS, known, server);

/** C10: ports that the server's roles and the way of fetching mail need. */
export const ports = (known: Known, server: ChecklistServer): Verdict => judge(PORTS, known, server);

/** X6: certificates that are valid for this server, and nothing in between that takes TLS apart. */
export const tls = (known: Known, server: ChecklistServer): Verdict => judge(TLS, known, server);
