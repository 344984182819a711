// node --conditions=source test/support/netns-microsoft.ts: Microsoft's side of the namespace tests, as one process.
// Reads one line of JSON (MicrosoftSide), prints "ready", and ends with its standard input.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { startDnsServer, startMailHost } from '@mailpath/checks/testing';
import type { DnsZone, TlsPair } from '@mailpath/checks/testing';

export interface NameServer {
  address: string;
  zone: DnsZone;
  /** Each answer comes so much later. */
  delayMs?: number;
}

/** What stands there: mail hosts on the real ports, name servers on 53, and what an interceptor answers with. */
export interface MicrosoftSide {
  tls: TlsPair;
  /** Each with sign-in and mail services. */
  hosts: readonly string[];
  nameServers: readonly NameServer[];
  /** A middlebox: it decrypts with a certificate of its own, and hides STARTTLS. */
  interceptor: { addresses: readonly string[]; tls: TlsPair };
  /** Where agents deliver what they saw; it hears everybody out. */
  collectors: readonly { host: string; port: number }[];
}

const PORTS = { https: 443, smtp: 587, imap: 993, pop3: 995 };

for await (const line of createInterface({ input: process.stdin })) {
  const { tls, hosts, nameServers, interceptor, collectors } = JSON.parse(line) as MicrosoftSide;
  for (const address of hosts) await startMailHost({ address, tls, ...ports() });
  const masked = { ehlo: ['TEST.outlook.office365.com Hello', 'SIZE 157286400', 'XXXXXXXA', '8BITMIME'] };
  const { smtp, ...others } = ports();
  for (const address of interceptor.addresses) {
    await startMailHost({ address, tls: interceptor.tls, ...others, smtp: { ...smtp, ...masked } });
  }
  for (const { address, zone, delayMs = 0 } of nameServers)
    await startDnsServer(zone, delayMs, { address, port: 53 });
  for (const collector of collectors) {
    // `resume` takes what comes and keeps nothing of it; who has said all is answered by the end of the connection.
    const listener = createServer((socket) => socket.on('error', () => socket.destroy()).resume());
    await once(listener.listen(collector), 'listening');
  }
  process.stdout.write('ready\n');
}
process.exit(0);

function ports() {
  const { https, smtp, imap, pop3 } = PORTS;
  return { https: { port: https }, smtp: { port: smtp }, imap: { port: imap }, pop3: { port: pop3 } };
}
