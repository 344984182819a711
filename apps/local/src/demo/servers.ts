import type { FailureCode, Phase, Role } from '@mailpath/protocol';

/** What is switched on at one server's address, and the cell by which it has to show. */
export interface Trouble {
  words: string;
  /** As the stand-in's control interface takes it. */
  fault: { id: string; service: string };
  shows: { check: string; phase: Phase; code: FailureCode };
}

/**
 * An ECE server of the demonstration: its agent reaches Microsoft 365 by that address of the stand-in, and by no other.
 */
export interface DemoServer {
  name: string;
  role: Role;
  address: string;
  trouble: Trouble | null;
}

/**
 * Two services servers and three application servers, so that in each role a healthy one stands beside a broken one.
 */
export const SERVERS: readonly DemoServer[] = [
  { name: 'svc01', role: 'services', address: '127.0.0.11', trouble: null },
  {
    name: 'svc02',
    role: 'services',
    address: '127.0.0.12',
    trouble: {
      words: 'a firewall rejects IMAP',
      fault: { id: 'closed', service: 'imap' },
      shows: { check: 'imap.tls', phase: 'connect', code: 'refused' },
    },
  },
  { name: 'app01', role: 'application', address: '127.0.0.21', trouble: null },
  {
    name: 'app02',
    role: 'application',
    address: '127.0.0.22',
    trouble: {
      words: 'a proxy inspects TLS of web traffic (CN=Corp Proxy CA)',
      fault: { id: 'other-authority', service: 'https' },
      shows: { check: 'https.sign-in', phase: 'tls', code: 'untrusted' },
    },
  },
  {
    name: 'app03',
    role: 'application',
    address: '127.0.0.23',
    trouble: {
      words: 'SMTP inspection hides STARTTLS',
      fault: { id: 'smtp-starttls-hidden', service: 'smtp' },
      shows: { check: 'smtp.submission', phase: 'starttls', code: 'unexpected-reply' },
    },
  },
];

/** Where the servers reach ECE's own external URL. */
export const ECE_ADDRESS = '127.0.0.11';

/** Those with a fault. */
export const BROKEN = SERVERS.flatMap(({ trouble, ...server }) => (trouble ? [{ ...server, trouble }] : []));

/** The application server that obtains the first token (S47). */
export const REDEEMER = 'app01';
