import type { Grant } from './lease.ts';
import type { StandardTarget } from './target.ts';
import type { Phase } from './words.ts';

/**
 * What a check is for: the path to a place, the settings of ECE, obtaining a token, or signing in to a mailbox with
 * one.
 */
export type CheckKind = 'path' | 'set-up' | 'token' | 'login';

/** The protocol that a check speaks in the end; the first part of most ids. */
export type Speaks = 'https' | 'smtp' | 'imap' | 'pop3' | 'tls' | 'tcp';

/**
 * What ECE does with Microsoft 365, in the order in which it does it: `reach` the services, be set up (`ece`), get a
 * `token`, `fetch` and `send` mail, a whole round trip; `own` is what a site added. The page groups its rows by it.
 */
export const LANES = ['reach', 'ece', 'token', 'fetch', 'send', 'round-trip', 'own'] as const;
export type Lane = (typeof LANES)[number];

/** A grant that is redeemed for an access token. */
export type TokenGrant = Exclude<Grant['kind'], 'access-token'>;

/**
 * What a check cannot run without, beside its target:
 * - `direct-path`: nothing more. ECE's mail processes use no proxy, so neither do these.
 * - `web`: nothing more, and a proxy may carry it.
 * - `authorize-request`: a task that says what to ask the authorize endpoint; a proxy may carry it.
 * - a grant: a lease with this grant, to obtain an access token; a proxy may carry it.
 * - `access-token`: a lease, to sign in to a mailbox.
 * - `mailbox-reader`: the same, and a place to read the mailbox.
 */
export type CheckNeeds =
  'direct-path' | 'web' | 'authorize-request' | TokenGrant | 'access-token' | 'mailbox-reader';

/** What is known of one check. Whatever decides by ids of checks is filtered from these rows. */
export interface CheckFacts {
  readonly kind: CheckKind;
  /**
   * The standard target whose service it uses, whatever its target is called; null for a check that is aimed anywhere.
   */
  readonly service: StandardTarget | null;
  readonly speaks: Speaks;
  /** The statements of the checklist that it bears on, S1 to S74. */
  readonly statements: readonly string[];
  readonly needs: CheckNeeds;
  readonly lane: Lane;
  /** The steps in the order in which it walks them, where all goes well; over STARTTLS a server greets twice. */
  readonly phases: readonly Phase[];
}

const HTTPS = ['resolve', 'connect', 'tls', 'http'] as const;
const TOKEN = ['resolve', 'connect', 'tls', 'token'] as const;
const MAIL = ['resolve', 'connect', 'tls', 'greet'] as const;
const SUBMISSION = ['resolve', 'connect', 'greet', 'starttls', 'tls', 'greet'] as const;

const web = (
  service: StandardTarget | null,
  lane: Lane,
  ...statements: string[]
): CheckFacts & { kind: 'path' } => ({
  kind: 'path',
  service,
  speaks: 'https',
  statements,
  needs: 'web',
  lane,
  phases: HTTPS,
});
const setUp = (
  service: StandardTarget | null,
  needs: 'web' | 'authorize-request',
  ...statements: string[]
): CheckFacts & { kind: 'set-up' } => ({
  kind: 'set-up',
  service,
  speaks: 'https',
  statements,
  needs,
  lane: 'ece',
  phases: HTTPS,
});
const token = (needs: TokenGrant, ...statements: string[]): CheckFacts & { kind: 'token' } => ({
  kind: 'token',
  service: 'login',
  speaks: 'https',
  statements,
  needs,
  lane: 'token',
  phases: TOKEN,
});

/** By id, in the order in which people read them. */
export const CHECKS = {
  'https.sign-in': web('login', 'reach', 'S46', 'S47', 'S48', 'S52', 'S54', 'S56', 'S57'),
  'https.sign-in-alias': web('login-alias', 'reach', 'S32', 'S46', 'S52', 'S56', 'S57'),
  'https.exchange': web('exchange', 'reach', 'S46', 'S52', 'S53', 'S56', 'S57'),
  'smtp.submission': {
    kind: 'path',
    service: 'smtp',
    speaks: 'smtp',
    statements: ['S49', 'S50', 'S52', 'S53', 'S56', 'S58'],
    needs: 'direct-path',
    lane: 'send',
    phases: SUBMISSION,
  },
  'imap.tls': {
    kind: 'path',
    service: 'imap',
    speaks: 'imap',
    statements: ['S49', 'S52', 'S53', 'S56', 'S59'],
    needs: 'direct-path',
    lane: 'fetch',
    phases: MAIL,
  },
  'pop3.tls': {
    kind: 'path',
    service: 'pop3',
    speaks: 'pop3',
    statements: ['S49', 'S52', 'S53', 'S56', 'S60'],
    needs: 'direct-path',
    lane: 'fetch',
    phases: MAIL,
  },
  'tcp.connect': {
    kind: 'path',
    service: null,
    speaks: 'tcp',
    statements: ['S51', 'S55'],
    needs: 'direct-path',
    lane: 'own',
    phases: ['resolve', 'connect'],
  },
  'tls.handshake': {
    kind: 'path',
    service: null,
    speaks: 'tls',
    statements: ['S51', 'S55'],
    needs: 'direct-path',
    lane: 'own',
    phases: ['resolve', 'connect', 'tls'],
  },
  'https.reach': web(null, 'own', 'S55'),
  'https.external-url': setUp(null, 'web', 'S16', 'S17', 'S22', 'S23'),
  'https.redirect-uri': setUp('login', 'authorize-request', 'S24', 'S25'),
  'token.redeem': token('authorization-code', 'S27', 'S46', 'S47', 'S52', 'S54', 'S56', 'S57'),
  'token.device-code': token('device-code', 'S27', 'S46', 'S47', 'S52', 'S54', 'S56', 'S57'),
  'token.refresh': token('refresh-token', 'S26', 'S46', 'S48', 'S52', 'S54', 'S56', 'S57'),
  'token.app-only': token('client-credentials', 'S46', 'S52', 'S54', 'S56', 'S57'),
  'imap.mailbox': {
    kind: 'login',
    service: 'imap',
    speaks: 'imap',
    statements: ['S30', 'S34', 'S36', 'S37', 'S44'],
    needs: 'access-token',
    lane: 'fetch',
    phases: [...MAIL, 'authenticate', 'open-mailbox'],
  },
  'pop3.mailbox': {
    kind: 'login',
    service: 'pop3',
    speaks: 'pop3',
    statements: ['S30', 'S34', 'S36', 'S37', 'S44'],
    needs: 'access-token',
    lane: 'fetch',
    phases: [...MAIL, 'authenticate', 'open-mailbox'],
  },
  'smtp.login': {
    kind: 'login',
    service: 'smtp',
    speaks: 'smtp',
    statements: ['S34', 'S35', 'S37', 'S50'],
    needs: 'access-token',
    lane: 'send',
    phases: [...SUBMISSION, 'authenticate', 'send'],
  },
  // It sends, and then looks for the message by the other protocol.
  'mail.round-trip': {
    kind: 'login',
    service: 'smtp',
    speaks: 'smtp',
    statements: ['S34', 'S35', 'S36', 'S37', 'S44'],
    needs: 'mailbox-reader',
    lane: 'round-trip',
    phases: [...SUBMISSION, 'authenticate', 'send', 'receive'],
  },
} as const satisfies Readonly<Record<string, CheckFacts>>;

/** The id of a check that has a row. */
export type KnownCheck = keyof typeof CHECKS;
/** The ids of the checks whose row has these facts, such as `CheckWith<{ kind: 'set-up' }>`. */
export type CheckWith<Facts extends Partial<CheckFacts>> = {
  [Id in KnownCheck]: (typeof CHECKS)[Id] extends Facts ? Id : never;
}[KnownCheck];

export const isKnownCheck = (id: string): id is KnownCheck => Object.hasOwn(CHECKS, id);

const SPEECHES: Readonly<Record<Speaks, readonly Phase[]>> = {
  https: HTTPS,
  smtp: SUBMISSION,
  imap: MAIL,
  pop3: MAIL,
  tls: ['resolve', 'connect', 'tls'],
  tcp: ['resolve', 'connect'],
};

const speaksOf = (id: string): Speaks => {
  const [first = ''] = id.split('.');
  return Object.hasOwn(SPEECHES, first) ? (first as Speaks) : 'tcp';
};

/**
 * What is known of a check. One without a row needs nothing of anybody, looks at the path alone, and speaks what its id
 * begins with.
 */
export function checkFacts(id: string): CheckFacts {
  if (isKnownCheck(id)) return CHECKS[id];
  const speaks = speaksOf(id);
  return {
    kind: 'path',
    service: null,
    speaks,
    statements: [],
    needs: speaks === 'https' ? 'web' : 'direct-path',
    lane: 'own',
    phases: SPEECHES[speaks],
  };
}

/** The checks that make the first token of an account: somebody signs in, and what comes of it is good once (S47). */
export const FIRST_TOKEN_CHECKS = [
  'token.redeem',
  'token.device-code',
] as const satisfies readonly CheckWith<{
  kind: 'token';
}>[];
export const isFirstToken = (check: string): boolean => isCheck({ check }, ...FIRST_TOKEN_CHECKS);

/** Whether something is of one of these checks; a name that is no check does not compile. */
export const isCheck = ({ check }: { check: string }, ...ids: readonly KnownCheck[]): boolean =>
  ids.some((id) => id === check);

/** The ids of the checks of which something holds, in the order of the rows. */
export const checksWith = (holds: (facts: CheckFacts) => boolean): readonly KnownCheck[] =>
  (Object.keys(CHECKS) as KnownCheck[]).filter((id) => holds(CHECKS[id]));
