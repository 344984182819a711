import type { Phase } from '@mailpath/protocol';
import type { Rule } from '../rule.ts';

/** Rules that belong together for a reader, as the first part of their ids tells. */
export interface Layer {
  title: string;
  intro: string;
  /** First parts of the ids. */
  ids: readonly string[];
  /** The phases of a check in which its causes are found. */
  phases: readonly Phase[];
}

/** In the order in which a connection goes through them. */
const LAYERS: readonly Layer[] = [
  {
    title: 'Name',
    intro: 'The name has to lead to an address (phase resolve).',
    ids: ['resolve'],
    phases: ['resolve'],
  },
  {
    title: 'Path',
    intro: 'A TCP connection to one of the addresses has to be established (phase connect).',
    ids: ['server', 'connect', 'path'],
    phases: ['connect'],
  },
  {
    title: 'Proxy',
    intro: 'Web checks that are told to go through a proxy (phase proxy).',
    ids: ['proxy'],
    phases: ['proxy'],
  },
  {
    title: 'TLS and clock',
    intro: 'The handshake has to end with a certificate that is trusted (phase tls).',
    ids: ['tls', 'clock'],
    phases: ['tls'],
  },
  {
    title: 'Greeting',
    intro: 'A mail server has to greet, and to offer STARTTLS and XOAUTH2 (phases greet and starttls).',
    ids: ['greet', 'starttls'],
    phases: ['greet', 'starttls'],
  },
  {
    title: 'Web',
    intro: 'HTTP has to be answered by the host itself (phase http).',
    ids: ['http'],
    phases: ['http'],
  },
  {
    title: 'Token',
    intro: 'Entra ID has to give a token, and it has to be the right one (phase token, and the claims).',
    ids: ['token'],
    phases: ['token'],
  },
  {
    title: 'Mailbox',
    intro: 'The token has to be accepted and the mailbox to open (phases authenticate and open-mailbox).',
    ids: ['login', 'mailbox', 'smtp', 'pop3'],
    phases: ['authenticate', 'open-mailbox'],
  },
  {
    title: 'Sending',
    intro: 'A message has to be accepted, and to come back (phases send and receive).',
    ids: ['send', 'mail', 'throttled'],
    phases: ['send', 'receive'],
  },
  {
    title: 'Mailpath itself',
    intro: 'What no other rule explains, and faults of its own.',
    ids: ['mailpath'],
    phases: [],
  },
];

const COMPARISON: Layer = {
  title: 'Comparison',
  intro:
    'Seen on checks that passed, mostly by comparing a server with its siblings. Nothing failed, so these are never more than a warning.',
  ids: [],
  phases: [],
};

/** The layer that a rule is told in. Throws for a rule of a kind that has none yet: add it to the list. */
export function layerOf({ id, comparesOnly }: Rule): Layer {
  if (comparesOnly) return COMPARISON;
  const [first = ''] = id.split('.');
  const layer = LAYERS.find(({ ids }) => ids.includes(first));
  if (!layer)
    throw new Error(`rule ${id}: no layer of docs/causes.md takes "${first}", name it in layers.ts`);
  return layer;
}

/** The layer whose causes are found in that phase of a check. */
export function layerOfPhase(phase: Phase): Layer {
  const layer = LAYERS.find(({ phases }) => phases.includes(phase));
  if (!layer) throw new Error(`phase ${phase}: no layer of docs/causes.md has it, name it in layers.ts`);
  return layer;
}

export const ALL_LAYERS: readonly Layer[] = [...LAYERS.slice(0, -1), COMPARISON, ...LAYERS.slice(-1)];
