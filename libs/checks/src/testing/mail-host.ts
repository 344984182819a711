import type { Endpoint, StandardTarget } from '@mailpath/protocol';
import type { HttpsTalk } from './https-server.ts';
import { startHttpsServer } from './https-server.ts';
import type { Listener } from './listen.ts';
import { closedPort } from './listen.ts';
import type { ImapTalk, Pop3Talk } from './mailbox-servers.ts';
import { startImapServer, startPop3Server } from './mailbox-servers.ts';
import type { SmtpTalk } from './smtp-server.ts';
import { startSmtpServer } from './smtp-server.ts';
import type { TlsPair } from './test-ca.ts';

interface Service {
  /** False: nobody listens on the port. */
  enabled?: boolean;
  /** A free one unless told. */
  port?: number;
  /** Instead of the host's. */
  tls?: TlsPair;
}

export interface MailHostOptions {
  /** A loopback address of its own, such as 127.0.0.2; 127.0.0.1 unless told. */
  address?: string;
  tls: TlsPair;
  https?: Service & HttpsTalk;
  smtp?: Service & SmtpTalk;
  imap?: Service & ImapTalk;
  pop3?: Service & Pop3Talk;
}

export interface MailHost {
  address: string;
  /** Of a service that is not enabled: a port that refuses. */
  ports: { https: number; smtp: number; imap: number; pop3: number };
  /** Every standard target, aimed at this host. */
  targets: Record<StandardTarget, Endpoint>;
  /** How many connections were accepted, all services together. */
  accepted: () => number;
  /** How many connections are open now. */
  open: () => number;
  stop: () => Promise<void>;
}

/** Sign-in and the mail services of Microsoft 365 on one loopback address, talking as Exchange Online does. */
export async function startMailHost(options: MailHostOptions): Promise<MailHost> {
  const { address = '127.0.0.1' } = options;
  const running: Listener[] = [];
  const start = async <Talk>(
    service: (Service & Talk) | undefined,
    begin: (at: { address: string; port: number; tls: TlsPair }, talk: Talk | undefined) => Promise<Listener>,
  ): Promise<number> => {
    const { enabled = true, port, tls = options.tls } = service ?? {};
    if (!enabled) return port ?? (await closedPort(address));
    const listener = await begin({ address, port: port ?? 0, tls }, service);
    running.push(listener);
    return listener.port;
  };
  const ports = {
    https: await start(options.https, startHttpsServer),
    smtp: await start(options.smtp, startSmtpServer),
    imap: await start(options.imap, startImapServer),
    pop3: await start(options.pop3, startPop3Server),
  };
  const https = { host: address, port: ports.https };
  return {
    address,
    ports,
    targets: {
      login: https,
      'login-alias': https,
      exchange: https,
      smtp: { host: address, port: ports.smtp },
      imap: { host: address, port: ports.imap },
      pop3: { host: address, port: ports.pop3 },
    },
    accepted: () => running.reduce((sum, listener) => sum + listener.accepted(), 0),
    open: () => running.reduce((sum, listener) => sum + listener.open(), 0),
    async stop() {
      await Promise.all(running.map((listener) => listener.stop()));
    },
  };
}
