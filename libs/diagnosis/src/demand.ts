import {
  checkFacts,
  type CheckWith,
  type Demand,
  type InboundProtocol,
  type Role,
  type StandardTarget,
  type Task,
} from '@mailpath/protocol';

/** What the checklist asks, and the statements (S1 to S74) that ask it. */
export interface DemandVerdict {
  demand: Demand;
  statements: string[];
}

const required = (...statements: string[]): DemandVerdict => ({ demand: 'required', statements });
const recommended = (...statements: string[]): DemandVerdict => ({ demand: 'recommended', statements });
const optional = (...statements: string[]): DemandVerdict => ({ demand: 'optional', statements });

/** "Who must reach what" of the checklist (S46 to S60): one row per target, one column per role. */
const MATRIX: Record<StandardTarget, Record<Role, DemandVerdict>> = {
  // application servers create the first token, services servers refresh it
  login: { services: required('S46', 'S48', 'S57'), application: required('S46', 'S47', 'S57') },
  // the seed's prose names it, its list of URLs does not, and no mail process is known to use it
  'login-alias': { services: recommended('S46'), application: recommended('S46') },
  exchange: { services: required('S46', 'S53'), application: required('S46', 'S53') },
  // dispatcher, and alarm notification
  smtp: { services: required('S49', 'S58'), application: required('S50', 'S58') },
  // the retriever runs on the services server only
  imap: { services: required('S49', 'S59'), application: recommended('S56', 'S59') },
  pop3: { services: required('S49', 'S60'), application: recommended('S56', 'S60') },
};

/**
 * Checks of the set-up itself (S16 to S25): every server must hold to them, since any of them may be asked to log in.
 */
const SET_UP: Readonly<Record<CheckWith<{ kind: 'set-up' }>, DemandVerdict>> = {
  'https.external-url': required('S17', 'S22', 'S23'),
  'https.redirect-uri': required('S25'),
};

const isOfSetUp = (check: string): check is keyof typeof SET_UP => Object.hasOwn(SET_UP, check);

/**
 * The standard target whose service a result is about, whatever its target is called; null for one that a site added.
 */
export function serviceOf({
  check,
  target: { name },
}: Pick<Task, 'check' | 'target'>): StandardTarget | null {
  // The checks with credentials are aimed at a mailbox by its own name; what the role needs is the service that they
  // use.
  const { kind, service } = checkFacts(check);
  if (kind === 'token' || kind === 'login') return service;
  return Object.hasOwn(MATRIX, name) ? (name as StandardTarget) : null;
}

const RANK: Record<Demand, number> = { optional: 0, recommended: 1, required: 2 };

/**
 * What the checklist asks of a server with these roles for a target. Roles add up: the strictest demand holds, with the
 * statements of every role that makes it. A target the site added itself is a must where it is asked for (S51, S55).
 */
export function demandOf(
  task: Pick<Task, 'check' | 'target'>,
  roles: readonly Role[],
  inbound: InboundProtocol,
): DemandVerdict {
  if (isOfSetUp(task.check)) return SET_UP[task.check];
  const target = serviceOf(task);
  if (target === null) return required('S51', 'S55');
  // IMAP or POP3, depending on the design (S36): the one that the site does not use is looked at, not asked for.
  if ((target === 'imap' && inbound === 'pop3') || (target === 'pop3' && inbound === 'imap'))
    return optional('S36');

  const verdicts = roles.map((role) => MATRIX[target][role]);
  const strictest = Math.max(...verdicts.map((verdict) => RANK[verdict.demand]));
  const deciding = verdicts.filter((verdict) => RANK[verdict.demand] === strictest);
  return {
    demand: deciding[0]?.demand ?? 'optional',
    statements: [...new Set(deciding.flatMap((verdict) => verdict.statements))],
  };
}
