import type { Confidence, Demand, Owner, Severity } from '@mailpath/protocol';
import { list } from './en/phrases.ts';
import type { Exclusions, FrameWords } from './frame.ts';

export const excludes: Exclusions = {
  'works-elsewhere': ({ servers, places }) =>
    `From ${list(servers)} ${places.length > 3 ? 'everything of it' : list(places)} can be used: it is neither Microsoft nor the tenant.`,
  'alike-everywhere': ({ servers }) => `It is the same on ${list(servers)}: it is no fault of one server.`,
  'other-ports': ({ places }) =>
    `${list(places)} can be reached from here: name, address and route of the host are good.`,
  'token-refreshed': ({ servers }) =>
    `${list(servers)} refreshes tokens: secret, consent and account are good, and only making the first token is barred here (S47).`,
  'token-made': ({ servers }) =>
    `${list(servers)} makes tokens: secret, consent and account are good; mail stops about an hour after each sign-in, because they are refreshed here (S48).`,
  'mailbox-opens': ({ mailboxes }) =>
    `The same sign-in opens ${list(mailboxes)}: token, user and permission on the mailbox are good.`,
};

const SEVERITY: Record<Severity, string> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };
const CONFIDENCE: Record<Confidence, string> = { certain: 'certain', likely: 'likely', possible: 'possible' };
const OWNER: Record<Owner, string> = {
  network: 'network team',
  proxy: 'proxy team',
  dns: 'DNS team',
  entra: 'Entra ID administrator',
  exchange: 'Exchange administrator',
  'ece-administrator': 'ECE administrator',
  'server-administrator': 'server administrator',
  microsoft: 'Microsoft',
  mailpath: 'Mailpath',
  unknown: 'unknown',
};
const DEMAND: Record<Demand, string> = {
  required: 'required',
  recommended: 'recommended',
  optional: 'optional',
};

export const frame: FrameWords = {
  summary: ({ servers, everywhere }, sentence) =>
    `${everywhere ? `All servers (${list(servers)})` : list(servers)}: ${sentence}`,
  unknownAnswer: (cause) =>
    `The answer itself is unknown to Mailpath; what follows goes by the step in which it came. ${cause}`,
  weaker: ({ places }) => ({
    sentence: `${list(places)}: what was seen there does not agree.`,
    cause: 'One look failed and another one got through, so that no single cause holds for all of it.',
    nextStep: 'Read the evidence, and look again: if it stays so, compare with a server that works.',
  }),
  severity: SEVERITY,
  confidence: CONFIDENCE,
  owner: OWNER,
  demand: DEMAND,
  labels: {
    cause: 'cause',
    owner: 'owner',
    nextStep: 'next step',
    excluded: 'ruled out',
    consequences: 'follows',
    checklist: 'checklist',
    links: 'read',
    check: 'check',
    outcome: 'outcome',
    phase: 'phase',
    seen: 'what was seen',
    target: 'target',
  },
  statements: 'The statements of the checklist are those of this page:',
  consequence: (server, check, target) => `${check} (${target}) on ${server}`,
  closing: {
    failed: ({ failed, all, server, others }) =>
      `${failed} of ${all} ${all === 1 ? 'check' : 'checks'} failed on ${server}${others}.`,
    passed: ({ all, server, others }) =>
      `${all} ${all === 1 ? 'check' : 'checks'} on ${server}: none failed${others}.`,
    noFinding: 'No finding.',
    nothingRan: ({ servers }) => `No check ran on ${list(servers)}: nothing is known about the path.`,
    count: (outcome, count) => `, ${count} ${outcome}`,
  },
  difference: {
    answer: (answer, plural) => {
      if (answer.outcome === 'pass') return plural ? 'pass' : 'passes';
      if (answer.outcome === 'warn') return plural ? 'pass with a warning' : 'passes with a warning';
      if (answer.outcome === 'throttled') return plural ? 'are throttled' : 'is throttled';
      const where = answer.phase ? ` in ${answer.phase}` : '';
      return `${plural ? 'fail' : 'fails'}${where}${answer.code ? ` (${answer.code})` : ''}`;
    },
    sentence: (odd, oddAnswer, { names, more }, othersAnswer) => {
      const others = more === 0 ? names : [...names, `${more} ${more === 1 ? 'other' : 'others'}`];
      return `${odd} ${oddAnswer}, ${list(others)} ${othersAnswer}.`;
    },
  },
  noData: {
    'not-asked': 'Not asked of this server.',
    'target-changed': 'No result yet since the target was changed.',
    'no-agent': 'No agent is enrolled on this server.',
    'not-connected': 'No result yet: the agent of this server is not connected.',
    'not-approved':
      'Not asked yet: the agent of this server waits for approval, and is lent no sign-in before.',
    'no-result': 'No result yet.',
  },
};
