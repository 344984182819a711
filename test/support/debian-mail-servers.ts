import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/**
 * Dovecot with IMAP and POP3 over TLS, and its SASL for Postfix; tokens are asked after at the introspection server.
 */
export function startDovecot(
  home: string,
  ports: { imap: number; pop3: number },
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

/** Postfix as a submission server with STARTTLS, which delivers to Dovecot's mailboxes. */
export function startPostfix(
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
