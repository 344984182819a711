import { silentPort, startHttpProxy } from '@mailpath/checks/testing';
import type { Fault } from '../faults.ts';
import type { Ground } from '../ground.ts';
import { HOSTS, type Host, PLACES, type PlaceName, type ServerName } from '../site.ts';

/** Linux has no route to it and sends nothing. */
const NO_ROUTE = '255.255.255.255';
const hosts = Object.keys(HOSTS) as Host[];

const refused = (...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.add(server, PLACES[name].host, { id: 'closed', service: PLACES[name].service });
  },
});

const unanswered = (...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.replace(server, PLACES[name], ({ address, port }) => silentPort(address, port));
  },
});

const addresses = (
  of: readonly Host[],
  make: (right: string, ground: Ground) => readonly string[],
): Fault => ({
  at(ground, server) {
    const { pins } = ground.outlook(server);
    for (const host of of) pins.set(HOSTS[host], make(ground.address(server, host), ground));
  },
});
const noRoute = (...of: Host[]): Fault => addresses(of, () => [NO_ROUTE]);

/** Its web checks go through a proxy that gives this whole answer, the same proxy for all servers. */
const proxyAnswering = (answer: string): Fault => ({
  async at(ground, server) {
    const url = await ground.shared('proxy', async () => {
      const proxy = await startHttpProxy({ address: ground.desk }, { answer });
      ground.keep(proxy);
      return `http://${ground.desk}:${proxy.port}`;
    });
    ground.outlook(server).proxy = new URL(url);
  },
});
const CHALLENGE = 'Proxy-Authenticate: Basic realm="Corp"';

const clock = (aheadMs: number): Fault => ({
  at(ground: Ground, server: ServerName) {
    ground.outlook(server).machine.aheadMs = aheadMs;
  },
});

export const FAULTS = {
  'IMAP is refused': refused('imap'),
  'POP3 is refused': refused('pop3'),
  'SMTP is refused': refused('smtp'),
  'the sign-in host is refused': refused('login'),
  'the web side of Outlook is refused': refused('exchange'),
  'the Outlook host is refused on all ports': refused('exchange', 'imap', 'pop3'),
  'all mail ports are refused': refused('imap', 'pop3', 'smtp'),
  'the web port is refused on all hosts': refused('login', 'alias', 'exchange'),
  'IMAP is dropped': unanswered('imap'),
  'POP3 is dropped': unanswered('pop3'),
  'SMTP is dropped': unanswered('smtp'),
  'the sign-in host is dropped': unanswered('login'),
  'the Outlook host is dropped on all ports': unanswered('exchange', 'imap', 'pop3'),
  'all mail ports are dropped': unanswered('imap', 'pop3', 'smtp'),
  'there is no route to the SMTP host': noRoute('smtp'),
  'there is no route to the sign-in host': noRoute('login'),
  'there is no route to the Outlook host': noRoute('outlook'),
  'there is no route to anywhere': noRoute(...hosts),
  'one of two addresses of the Outlook host is dead': addresses(['outlook'], (right, { nowhere }) => [
    nowhere,
    right,
  ]),
  'one of two addresses of the sign-in host is dead': addresses(['login'], (right, { nowhere }) => [
    right,
    nowhere,
  ]),
  'IPv6 to the Outlook host is dead': addresses(['outlook'], (right) => ['::1', right]),
  'IPv6 is dead': addresses(hosts, (right) => ['::1', right]),
  'the proxy wants a sign-in': proxyAnswering(
    `HTTP/1.1 407 Proxy Authentication Required\r\n${CHALLENGE}\r\ncontent-length: 0\r\n\r\n`,
  ),
  'the proxy forbids Microsoft': proxyAnswering('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'),
  'the proxy is not there': {
    at(ground, server) {
      ground.outlook(server).proxy = new URL(`http://${ground.nowhere}:3128`);
    },
  },
  'its clock is ten minutes ahead': clock(600_000),
  'its clock is ten minutes behind': clock(-600_000),
  'its clock is two minutes ahead': clock(120_000),
  'its way is 500 ms longer': {
    at(ground, server) {
      ground.outlook(server).machine.farMs = 500;
    },
  },
} satisfies Record<string, Fault>;
