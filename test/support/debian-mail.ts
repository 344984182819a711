import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { closedPort, type TlsPair } from '@mailpath/checks/testing';
import { startDovecot, startPostfix } from './debian-mail-servers.ts';

/** Why Debian's Dovecot and Postfix cannot be run here; null when they can. */
export function noDebianMail(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'Dovecot and Postfix need root on Linux';
  const missing = [
    '/usr/sbin/dovecot',
    '/usr/lib/dovecot/imap',
    '/usr/lib/dovecot/pop3',
    '/usr/sbin/postfix',
  ].filter((file) => !existsSync(file));
  return missing.length === 0
    ? null
    : `not installed: ${missing.join(', ')} (dovecot-imapd dovecot-pop3d postfix)`;
}

/**
 * Dovecot (IMAP, POP3) and Postfix (submission) on loopback, with XOAUTH2 by token introspection and one mail store.
 */
export interface DebianMail {
  ports: { imap: number; pop3: number; smtp: number };
  /** Tokens that are good, and whose they are. */
  tokens: Map<string, string>;
  /** Everything that both have logged, for a failing test. */
  log: () => string;
  stop: () => Promise<void>;
}

/** `users` are addresses in the domain example.test, each with a mailbox. */
export async function startDebianMail(tls: TlsPair, users: readonly string[]): Promise<DebianMail> {
  const home = mkdtempSync(join(tmpdir(), 'mailpath-debian-mail-'));
  // Both drop to users of their own, who must be able to pass.
  chmodSync(home, 0o755);
  const ports = { imap: await closedPort(), pop3: await closedPort(), smtp: await closedPort() };
  const tokens = new Map<string, string>();
  const introspection = await startIntrospection(tokens);
  writeFileSync(join(home, 'cert.pem'), tls.cert);
  writeFileSync(join(home, 'key.pem'), tls.key, { mode: 0o600 });
  for (const folder of ['mail', 'queue', 'queue/private', 'data', 'postfix']) mkdirSync(join(home, folder));
  const owner = idOf('mail');
  chownSync(join(home, 'mail'), owner.uid, owner.gid);
  const daemon = idOf('postfix');
  for (const folder of ['data', 'queue/private']) chownSync(join(home, folder), daemon.uid, daemon.gid);

  const dovecot = startDovecot(home, ports, introspection, owner);
  const postfix = startPostfix(home, ports.smtp, users, owner);
  const log = () =>
    ['dovecot.log', 'postfix.log']
      .map((file) => join(home, file))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
  try {
    for (const port of Object.values(ports)) await answers(port);
  } catch (error) {
    throw new Error(`Dovecot or Postfix does not answer: ${log()}`, { cause: error });
  }
  return {
    ports,
    tokens,
    log,
    async stop() {
      // Postfix's own command: the process that was started is a shell above the daemon, and a signal would stop only
      // that.
      spawn('/usr/sbin/postfix', ['-c', join(home, 'postfix'), 'stop'], { stdio: 'ignore' });
      dovecot.kill('SIGTERM');
      await Promise.all([ended(dovecot), ended(postfix)]);
      introspection.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** RFC 7662, as Dovecot asks with the token itself as bearer. */
async function startIntrospection(tokens: ReadonlyMap<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const user = tokens.get(request.headers.authorization?.replace(/^Bearer /i, '') ?? '');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(user ? { active: true, upn: user } : { active: false, upn: 'nobody' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function idOf(user: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8' })),
  );
  return { uid: uid as number, gid: gid as number };
}

async function answers(port: number): Promise<void> {
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => resolve(void socket.destroy())).once('error', reject);
      }),
    { timeout: 120_000, interval: 50 },
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit');
}
