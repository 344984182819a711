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
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { closedPort, type TlsPair } from '@mailpath/checks/testing';

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

/** Dovecot (IMAP, POP3) and Postfix (submission) on loopback, with XOAUTH2 by token introspection and one mail store. */
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
      // Postfix's own command: the process that was started is a shell above the daemon, and a signal would stop only that.
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

function startDovecot(
  home: string,
  ports: DebianMail['ports'],
  introspection: Server,
  { uid, gid }: { uid: number; gid: number },
): ChildProcess {
  const { port } = introspection.address() as AddressInfo;
  writeFileSync(
    join(home, 'oauth2.conf'),
    `introspection_mode = auth
introspection_url = http://127.0.0.1:${port}/
username_attribute = upn
active_attribute = active
active_value = true
`,
  );
  const config = join(home, 'dovecot.conf');
  writeFileSync(
    config,
    `base_dir = ${home}/run
log_path = ${home}/dovecot.log
auth_verbose = yes
auth_failure_delay = 0
protocols = imap pop3
listen = 127.0.0.1
ssl = required
ssl_cert = <${home}/cert.pem
ssl_key = <${home}/key.pem
auth_mechanisms = xoauth2
mail_location = maildir:${home}/mail/%u
first_valid_uid = 1
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${home}/oauth2.conf
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}/mail/%u allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${ports.imap}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = 0
  }
  inet_listener pop3s {
    port = ${ports.pop3}
    ssl = yes
  }
}
service auth {
  unix_listener ${home}/queue/private/auth {
    mode = 0666
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`,
  );
  return spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore' });
}

function startPostfix(
  home: string,
  port: number,
  users: readonly string[],
  { uid, gid }: { uid: number; gid: number },
): ChildProcess {
  const service = (name: string, command: string, type = 'unix') => `${name} ${type} - - n - - ${command}`;
  writeFileSync(
    join(home, 'postfix/master.cf'),
    [
      `127.0.0.1:${port} inet n - n - - smtpd`,
      'pickup unix n - n 60 1 pickup',
      'qmgr unix n - n 300 1 qmgr',
      'cleanup unix n - n - 0 cleanup',
      'postlog unix-dgram n - n - 1 postlogd',
      'proxymap unix - - n - - proxymap',
      'proxywrite unix - - n - 1 proxymap',
      'anvil unix - - n - 1 anvil',
      'scache unix - - n - 1 scache',
      'tlsmgr unix - - n 1000? 1 tlsmgr',
      ...['bounce', 'defer', 'trace'].map((name) => `${name} unix - - n - 0 bounce`),
      ...['error', 'retry'].map((name) => service(name, 'error')),
      service('rewrite', 'trivial-rewrite'),
      'virtual unix - n n - - virtual',
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(home, 'postfix/main.cf'),
    `compatibility_level = 3.6
queue_directory = ${home}/queue
data_directory = ${home}/data
maillog_file = ${home}/postfix.log
maillog_file_prefixes = ${home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.test
mydestination =
mynetworks =
smtpd_tls_cert_file = ${home}/cert.pem
smtpd_tls_key_file = ${home}/key.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_client_restrictions =
smtpd_delay_reject = yes
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_sender_restrictions = reject_sender_login_mismatch, permit_sasl_authenticated, reject
smtpd_sender_login_maps = inline:{ ${users.map((user) => `{ ${user} = ${user} }`).join(', ')} }
virtual_mailbox_domains = example.test
virtual_mailbox_base = ${home}/mail
virtual_mailbox_maps = inline:{ ${users.map((user) => `{ ${user} = ${user}/ }`).join(', ')} }
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
virtual_minimum_uid = 1
`,
  );
  return spawn('/usr/sbin/postfix', ['-c', join(home, 'postfix'), 'start-fg'], { stdio: 'ignore' });
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
    { timeout: 15_000, interval: 50 },
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit');
}
