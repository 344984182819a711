import type { Finding } from '@mailpath/protocol';
import type { AgentClockOff } from './agent-clocks.ts';
import type { CheckSilent } from './check-silence.ts';
import { type SiteView } from './look.ts';
import { inWords } from './render.ts';
import type { Params } from './rule.ts';
import { type RuleId, ruleOf } from './rules.ts';
import type { ServerSilent } from './silence.ts';

/**
 * An agent that is lent no secret before an administrator confirms it, so that no mailbox is looked at from its server.
 */
export interface ApprovalAwaited {
  kind: 'approval-awaited';
  /** Name of the server. */
  server: string;
  /** What the agent says of its machine. */
  hostName: string;
  /** Of the agent's key, such as `SHA256:` and 43 characters. */
  keyFingerprint: string;
}

/** An agent whose key two machines have: neither is listened to, and nothing is known of the server. */
export interface AgentCloned {
  kind: 'agent-cloned';
  /** Name of the server. */
  server: string;
  /** What each of them says of itself, and where it came from. */
  machines: readonly { hostName: string; address: string }[];
  /** An administrator has said which is the original, and it is to join yet. */
  settled: boolean;
}

/** A fact of a site that a person has to hear of, and that no check can show: another kind is another member. */
export type Circumstance = AgentCloned | AgentClockOff | ApprovalAwaited | CheckSilent | ServerSilent;

/** What is told of one kind; `rule` has the words, which are made of `details`. */
interface Telling<C extends Circumstance> {
  rule: RuleId & `mailpath.${C['kind']}`;
  severity: Finding['severity'];
  /** What it is about: with the rule's id the same for as long as it is so. */
  about(circumstance: C): string;
  servers(circumstance: C): readonly string[];
  details(circumstance: C): object;
  evidence(circumstance: C): string[];
}

const APPROVAL_AWAITED: Telling<ApprovalAwaited> = {
  rule: 'mailpath.approval-awaited',
  severity: 'warning',
  about: ({ server }) => server,
  servers: ({ server }) => [server],
  details: ({ hostName, keyFingerprint }) => ({ hostName, keyFingerprint }),
  evidence: ({ server, hostName, keyFingerprint }) => [
    `${server}: agent on ${hostName}, key ${keyFingerprint}`,
  ],
};

const SERVER_SILENT: Telling<ServerSilent> = {
  rule: 'mailpath.server-silent',
  severity: 'warning',
  about: ({ servers, reporting }) =>
    reporting.length === 0 && servers.length > 1 ? 'everywhere' : servers.join(' '),
  servers: ({ servers }) => servers,
  details: ({ lastSeenAt, connected, reporting }) => ({ lastSeenAt, connected, reporting }),
  evidence: ({ servers, lastSeenAt, connected }) =>
    servers.map((server) => `${server}: last heard by ${lastSeenAt}, ${connected ? '' : 'not '}connected`),
};

const AGENT_CLOCK: Telling<AgentClockOff> = {
  rule: 'mailpath.agent-clock',
  severity: 'warning',
  about: ({ server }) => server,
  servers: ({ server }) => [server],
  details: ({ aheadMs, alike }) => ({ aheadMs, alike }),
  evidence: ({ server, aheadMs }) => [`${server}: ${aheadMs} ms ahead of the API, by the time of its frames`],
};

const AGENT_CLONED: Telling<AgentCloned> = {
  rule: 'mailpath.agent-cloned',
  severity: 'error',
  about: ({ server }) => server,
  servers: ({ server }) => [server],
  details: ({ machines, settled }) => ({ machines: machines.map(named), settled }),
  evidence: ({ server, machines }) => machines.map((machine) => `${server}: joined from ${named(machine)}`),
};

const named = ({ hostName, address }: { hostName: string; address: string }): string =>
  `${hostName} (${address})`;

const CHECK_SILENT: Telling<CheckSilent> = {
  rule: 'mailpath.check-silent',
  severity: 'warning',
  about: ({ server }) => server,
  servers: ({ server }) => [server],
  details: ({ checks }) => ({ checks }),
  evidence: ({ server, checks }) => checks.map((check) => `${server}: ${check} left out of two rounds`),
};

/** A circumstance without words does not compile. */
const TELLINGS: { readonly [C in Circumstance as C['kind']]: Telling<C> } = {
  'agent-cloned': AGENT_CLONED,
  'agent-clock': AGENT_CLOCK,
  'approval-awaited': APPROVAL_AWAITED,
  'check-silent': CHECK_SILENT,
  'server-silent': SERVER_SILENT,
};

/**
 * One finding for each circumstance. It rests on no result: it holds while it is told, and is over when it is not.
 * Pure.
 */
export const circumstantial = ({ facts }: SiteView): Finding[] => (facts.circumstances ?? []).map(told);

function told(circumstance: Circumstance): Finding {
  switch (circumstance.kind) {
    case 'agent-cloned':
      return tell(circumstance, TELLINGS[circumstance.kind]);
    case 'agent-clock':
      return tell(circumstance, TELLINGS[circumstance.kind]);
    case 'check-silent':
      return tell(circumstance, TELLINGS[circumstance.kind]);
    case 'server-silent':
      return tell(circumstance, TELLINGS[circumstance.kind]);
    case 'approval-awaited':
      return tell(circumstance, TELLINGS[circumstance.kind]);
  }
}

function tell<C extends Circumstance>(circumstance: C, telling: Telling<C>): Finding {
  const rule = ruleOf(telling.rule);
  if (!rule) throw new Error(`no rule ${telling.rule}`);
  const servers = telling.servers(circumstance);
  const params: Params = {
    ...telling.details(circumstance),
    servers,
    witnesses: [],
    spread: 'alone',
    places: [],
    hosts: [],
    protocols: [],
    mailboxes: [],
  };
  const items = rule.items(params);
  return {
    key: `${rule.id} ${telling.about(circumstance)}`.slice(0, 400),
    rule: rule.id,
    severity: telling.severity,
    confidence: rule.confidence(params),
    scope: { kind: 'server', servers: [...servers], checks: [] },
    phase: null,
    code: null,
    owner: rule.owner(params),
    checklistItem: items[0],
    items: [...items],
    statements: [],
    params: { ...params },
    evidence: telling.evidence(circumstance),
    consequences: [],
    ...inWords(rule, params, 'en'),
  };
}
