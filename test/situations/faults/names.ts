import dns from 'node:dns';
import type { LookUp } from '@mailpath/checks';
import { type DnsScript, type DnsZone, startDnsServer } from '@mailpath/checks/testing';
import type { Fault } from '../faults.ts';
import type { Ground } from '../ground.ts';
import { HOSTS, type Host, type ServerName } from '../site.ts';

const hosts = Object.keys(HOSTS) as Host[];

/** A dead resolver has to be given up well before a check's deadline. */
const PATIENCE = { timeout: 900, tries: 1 };

/** What each name has to lead to for this server. */
function zoneOf(ground: Ground, server: ServerName): Record<string, DnsScript> {
  return Object.fromEntries(hosts.map((host) => [HOSTS[host], { a: [ground.address(server, host)] }]));
}

async function dnsServer(ground: Ground, zone: DnsZone): Promise<string> {
  const started = await startDnsServer(zone, 0, { address: ground.desk });
  ground.keep(started);
  return started.place;
}

/** As a program of the machine looks names up: the entries of the hosts file first, then the resolvers. */
function lookUpBy(places: readonly string[], entries: Readonly<Record<string, string>>): LookUp {
  const resolver = new dns.promises.Resolver(PATIENCE);
  resolver.setServers(places);
  return async (name) => {
    const entry = entries[name];
    return entry === undefined ? resolver.resolve4(name) : [entry];
  };
}

type Change = (right: Record<string, DnsScript>, ground: Ground) => DnsZone;

/** The server asks this resolver, behind the entries of its hosts file. */
const resolvedBy = (
  change: Change,
  entries: (ground: Ground) => Record<string, string> = () => ({}),
): Fault => ({
  async at(ground, server) {
    const place = await dnsServer(ground, change(zoneOf(ground, server), ground));
    ground.outlook(server).resolver = { lookUp: lookUpBy([place], entries(ground)), resolvers: [place] };
  },
});

/** Beside its own resolver, which is good, the server has another one, which is the same for all. */
const alsoAsking = (script: DnsScript): Fault => ({
  async at(ground, server) {
    const own = await dnsServer(ground, zoneOf(ground, server));
    const other = await ground.shared('second resolver', () =>
      dnsServer(ground, everyName(script)(zoneOf(ground, server), ground)),
    );
    ground.outlook(server).resolver = { lookUp: lookUpBy([own], {}), resolvers: [own, other] };
  },
});

const everyName =
  (script: DnsScript): Change =>
  (right) =>
    Object.fromEntries(Object.keys(right).map((name) => [name, script]));
const oneName =
  (host: Host, script: DnsScript): Change =>
  (right) => ({ ...right, [HOSTS[host]]: script });
const asItIs: Change = (right) => right;

export const FAULTS = {
  'its resolver says nothing': resolvedBy(everyName('silent')),
  'its resolver says that it failed': resolvedBy(everyName('servfail')),
  'its resolver refuses to answer': resolvedBy(everyName('refused')),
  'its resolver knows none of the names': resolvedBy(everyName('nxdomain')),
  'its resolver does not know the sign-in host': resolvedBy(oneName('login', 'nxdomain')),
  'its resolver does not know the Outlook host': resolvedBy(oneName('outlook', 'nxdomain')),
  'its resolver does not know the SMTP host': resolvedBy(oneName('smtp', 'nxdomain')),
  'its resolver fails on the SMTP host': resolvedBy(oneName('smtp', 'servfail')),
  'its hosts file leads the Outlook host astray': resolvedBy(asItIs, (ground) => ({
    [HOSTS.outlook]: ground.nowhere,
  })),
  'its hosts file leads the SMTP host astray': resolvedBy(asItIs, (ground) => ({
    [HOSTS.smtp]: ground.nowhere,
  })),
  'its resolver sends the sign-in host into a sinkhole': resolvedBy((right, { nowhere }) => ({
    ...right,
    [HOSTS.login]: { a: [nowhere] },
  })),
  'its resolver sends the SMTP host into a sinkhole': resolvedBy((right, { nowhere }) => ({
    ...right,
    [HOSTS.smtp]: { a: [nowhere] },
  })),
  'its second resolver refuses to answer': alsoAsking('refused'),
  'its second resolver says that it failed': alsoAsking('servfail'),
} satisfies Record<string, Fault>;
