import { enPages } from './en-pages.ts';
import { enPast } from './en-past.ts';
import { enResult } from './en-result.ts';
import { enSite } from './en-site.ts';
import { enUpkeep } from './en-upkeep.ts';
import type { Code, Lane, Owner, Phase } from '../api/types.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const servers = (n: number) => (n === 1 ? '1 server' : `${n} servers`);

/**
 * Everything the dashboard itself says, in English. Sentences about results come from the API, in the language asked
 * for.
 */
export const en = {
  language: 'English',
  product: 'Mailpath',
  skip: 'Skip to the content',
  nav: {
    comparison: 'Comparison',
    findings: 'Findings',
    checklist: 'Checklist',
    servers: 'Servers',
    sites: 'Sites',
  },
  theme: { light: 'Light', dark: 'Dark', system: 'As the system', label: 'Theme' },
  languageLabel: 'Language',
  list: (names: readonly string[]) => list.format(names),
  session: {
    title: 'Sign in to Mailpath',
    lead: 'Sign in with your name and password.',
    leadKey: 'Type an API key. It is exchanged for a session of this browser and not kept here.',
    leadLink: 'This link signs you in once.',
    name: 'Name',
    password: 'Password',
    key: 'API key',
    open: 'Sign in',
    openId: 'Sign in with your organisation’s account',
    hint: 'npm run user -- NAME prints a sign-in link on the machine that runs Mailpath.',
    hintKey: 'npm run api-key -- NAME makes a new one on the machine that runs Mailpath.',
    useKey: 'Use an API key instead',
    useName: 'Use name and password instead',
    leave: 'Sign out',
    ended: 'Your session has ended',
    endedLead: 'Sign in again. What you typed on the page is still there.',
  },
  live: { on: 'Live', off: 'Not live: reconnecting', updated: (age: string) => `Last result ${age}` },
  run: {
    now: 'Run now',
    running: (done: number, all: number) => `Running: ${done} of ${all} results`,
    failed: 'No agent could be asked',
  },
  verdict: {
    safe: (n: number) => `Mail works on ${n === 1 ? 'the server' : `all ${servers(n)}`}`,
    unsafe: (bad: number, all: number) =>
      bad === all
        ? `Mail is not safe on ${all === 1 ? 'the server' : `any of ${servers(all)}`}`
        : `Mail is not safe on ${bad} of ${servers(all)}`,
    watch: (bad: number, all: number) => `Mail works, but ${bad} of ${servers(all)} should be looked at`,
    unknown: 'Nothing is known yet',
    unknownLead: 'No server has reported a result. Add a server, or wait for the first round.',
    lane: {
      reach: 'Microsoft 365 cannot be reached',
      fetch: 'Fetching fails',
      send: 'Sending fails',
      token: 'Signing in fails',
      ece: 'ECE’s own addresses fail',
      own: 'Own targets fail',
      'round-trip': 'The round trip fails',
    } satisfies Record<Lane, string>,
    on: ' on ',
    since: 'since',
  },
  findings: {
    title: 'What is wrong, and who must act',
    none: 'No finding here',
    noneLead: {
      open: 'No check finds a problem now.',
      closed: 'No problem has been solved yet.',
      all: 'No check has ever found a problem.',
    },
    show: 'Which findings',
    state: { open: 'Open', closed: 'Closed', all: 'All' },
    cause: 'Cause',
    confidence: { certain: 'Certain.', likely: 'Likely.', possible: 'Possible.' },
    who: 'Who must act',
    excludes: 'What it excludes',
    list: 'Checklist',
    evidence: 'Evidence',
    life: 'Since',
    still: 'still open',
    basis: 'Results it rests on',
    consequences: 'Consequences',
    ticket: 'as a ticket',
    servers: 'Servers',
    place: 'Host and port',
    since: 'Since',
    owner: {
      network: 'Network team',
      proxy: 'Proxy team',
      dns: 'DNS team',
      entra: 'Entra administrator',
      exchange: 'Exchange administrator',
      'ece-administrator': 'ECE administrator',
      'server-administrator': 'Server administrator',
      microsoft: 'Microsoft',
      mailpath: 'Mailpath',
      unknown: 'Not known yet',
    } satisfies Record<Owner, string>,
    links: 'Read more',
    next: 'Next step',
    copy: 'Copy',
    copyAs: (what: string) => `Copy ${what}`,
    copied: 'Copied',
    more: (n: number) => `${n} more`,
  },
  loading: 'Reading…',
  sure: { not: 'No, leave it' },
  ...enPages,
  ...enPast,
  ...enSite,
  ...enUpkeep,
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  comparison: {
    title: 'Server by server',
    check: 'Check',
    role: {
      application: 'Application servers',
      services: 'Services servers',
      both: 'Application and services',
    },
    agent: { connected: (age: string) => age, disconnected: 'not connected', none: 'no agent' },
    fold: 'Fold servers that are alike',
    onlyDifferent: 'Only rows that differ',
    alike: (n: number) => `${n} alike`,
    caption:
      'Rows are checks, columns are servers. Arrow keys move from cell to cell; Enter opens the result.',
    legend: {
      pass: 'passes',
      fail: 'fails at the marked phase',
      differs: 'unlike its siblings',
      none: 'no data',
      notAsked: 'not asked of this role',
      stale: 'older than the schedule explains',
    },
    lane: {
      reach: 'Reach Microsoft 365',
      fetch: 'Fetch mail',
      send: 'Send mail',
      token: 'Token',
      ece: 'ECE’s own addresses',
      own: 'This site’s own targets',
      'round-trip': 'Round trip',
    },
    laneWell: 'all alike',
    laneBad: (n: number) => (n === 1 ? '1 fails' : `${n} fail`),
    unlike: (names: string) => `unlike ${names}`,
    others: (n: number) => (n === 1 ? '1 other' : `${n} others`),
    stale: (age: string) => `old: ${age}`,
    none: 'no data',
    notAsked: 'not asked',
  },
  outcome: {
    pass: 'passes',
    warn: 'passes with a warning',
    fail: 'fails',
    throttled: 'was asked to slow down',
    skipped: 'was skipped',
    'no-data': 'has no data',
  },
  phase: {
    resolve: 'resolve',
    connect: 'connect',
    proxy: 'proxy',
    tls: 'TLS',
    greet: 'greet',
    starttls: 'STARTTLS',
    authenticate: 'authenticate',
    'open-mailbox': 'open mailbox',
    http: 'HTTP',
    token: 'token',
    send: 'send',
    receive: 'receive',
  } satisfies Record<Phase, string>,
  code: {
    'not-found': 'not found',
    'resolver-failed': 'resolver failed',
    refused: 'refused',
    unreachable: 'unreachable',
    reset: 'reset',
    closed: 'closed',
    timeout: 'timed out',
    untrusted: 'untrusted',
    'tls-failed': 'handshake failed',
    'unexpected-reply': 'unexpected reply',
    denied: 'denied',
    unavailable: 'unavailable',
    throttled: 'throttled',
    internal: 'Mailpath’s own fault',
  } satisfies Record<Code, string>,
  check: {
    'https.sign-in': 'Entra sign-in',
    'https.sign-in-alias': 'Entra sign-in, second name',
    'https.exchange': 'Exchange over HTTPS',
    'smtp.submission': 'SMTP with STARTTLS',
    'imap.tls': 'IMAP over TLS',
    'pop3.tls': 'POP3 over TLS',
    'https.external-url': 'External URL',
    'https.redirect-uri': 'Redirect URI',
    'token.redeem': 'First token',
    'token.device-code': 'First token, device code',
    'token.refresh': 'Token refresh',
    'token.app-only': 'Application’s token',
    'imap.mailbox': 'INBOX by IMAP',
    'pop3.mailbox': 'Mailbox by POP3',
    'smtp.login': 'SMTP login',
    'mail.round-trip': 'Message there and back',
    'tcp.connect': 'TCP port',
    'tls.handshake': 'TLS',
    'https.reach': 'HTTPS',
  } as Record<string, string>,
  result: enResult,
  ms: (ms: number) =>
    ms < 10
      ? `${Math.round(ms * 10) / 10} ms`
      : ms < 10_000
        ? `${Math.round(ms)} ms`
        : `${Math.round(ms / 100) / 10} s`,
  age: (seconds: number) =>
    seconds < 60
      ? `${Math.max(0, Math.round(seconds))} s ago`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} min ago`
        : seconds < 129_600
          ? `${Math.round(seconds / 3600)} h ago`
          : `${Math.round(seconds / 86_400)} days ago`,
  problem: {
    title: 'Mailpath does not answer',
    lead: 'What is shown may be old. Trying again.',
    again: 'Try again',
    notSent: 'Mailpath does not answer. What you typed is still here: try again in a moment.',
    correct: (fields: readonly string[]) => `Not accepted. Please correct: ${list.format(fields)}.`,
    forbidden: 'Your role does not include this',
    forbiddenLead: 'An administrator of Mailpath can give you another role.',
    missing: 'This does not exist',
    missingLead: 'The address is wrong, or what it led to has been removed.',
    request: 'Request',
  },
};
export type Words = typeof en;
