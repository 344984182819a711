import type { Application, Mailbox, Tenant, User } from '../../apps/stand-in/src/directory.ts';
import type { Fault as StandInFault } from '../../apps/stand-in/src/faults.ts';
import type { Fault } from './faults.ts';
import type { Ground, SetUp } from './ground.ts';
import { lookUpAsSystem } from './look-up.ts';
import type { Machine } from './machine.ts';
import { HOSTS, type Host, PLACES, type PlaceName, type ServerName } from './site.ts';

/** A state of the resolver, for one host or all of them. */
export interface ResolverState extends Omit<StandInFault, 'name' | 'addresses'> {
  of?: Host;
  /** Where it leads to: `right`, `second` (another front end that is well), `nowhere`, or an address. */
  addresses?: readonly string[];
}

/** A fault as data: what the stand-in, the resolver, a machine or the tenant does otherwise than all is well. */
export type PlainFault =
  /**
   * Something at one or more of Microsoft's places; with `at` of two addresses only one of them has it, and names lead
   * to both.
   */
  | { at: PlaceName | readonly PlaceName[]; meets: Omit<StandInFault, 'service'>; only?: 'first' | 'second' }
  /** Nothing answers there at all, as behind a firewall that drops. */
  | { resolver: readonly ResolverState[] }
  | { machine: Partial<Machine> }
  /** The server trusts the inspector. */
  | { trusts: 'inspector' }
  /** Nothing comes from the server: its agent is down. */
  | { reports: 'nothing' }
  | {
      tenant: Partial<Tenant>;
    }
  | { application: Partial<Application> }
  | { user: string; is: Partial<User> }
  | { mailbox: string; is: Partial<Mailbox> }
  /** How ECE's administrator set the site up and signed in. */
  | { setUp: Partial<Omit<SetUp, 'signsInAs'>>; signsInAs?: Readonly<Record<string, string>> };

/** What a slow or long path takes longer than a check has on loopback, in milliseconds. */
const PATIENCE_MS = 8_000;

/** The fault that the data stands for. */
export function plainFault(plain: PlainFault): Fault {
  if ('at' in plain) return atPlaces(plain);
  if ('resolver' in plain) return { at: (ground, server) => resolvedAs(ground, server, plain.resolver) };
  if ('machine' in plain)
    return { at: (ground, server) => void Object.assign(ground.outlook(server).machine, plain.machine) };
  if ('trusts' in plain) {
    return {
      at: (ground, server) =>
        void ground.outlook(server).trust.push(ground.authorities.ofInspector.certificate),
    };
  }
  if ('reports' in plain) return { at: (ground, server) => void (ground.outlook(server).reports = false) };
  if ('setUp' in plain) {
    return {
      setUp({ setUp }) {
        Object.assign(setUp, plain.setUp);
        for (const [name, login] of Object.entries(plain.signsInAs ?? {})) setUp.signsInAs.set(name, login);
      },
    };
  }
  return { inTenant: ({ standIn: { directory } }) => changeTenant(directory, plain) };
}

type InTenant = Extract<
  PlainFault,
  { tenant: unknown } | { application: unknown } | { user: string } | { mailbox: string }
>;

function changeTenant(directory: Ground['standIn']['directory'], plain: InTenant): void {
  if ('tenant' in plain) directory.tenant = { ...directory.tenant, ...plain.tenant };
  else if ('application' in plain) {
    for (const each of directory.applications.values()) Object.assign(each, plain.application);
  } else if ('user' in plain) Object.assign(known(directory.user(plain.user), plain.user), plain.is);
  else Object.assign(known(directory.mailbox(plain.mailbox), plain.mailbox), plain.is);
}

function known<T>(item: T | undefined, name: string): T {
  if (item === undefined) throw new Error(`there is no ${name} in the tenant`);
  return item;
}

function atPlaces({ at, meets, only }: Extract<PlainFault, { at: unknown }>): Fault {
  const places = typeof at === 'string' ? [at] : at;
  return {
    async at(ground, server) {
      const outlook = ground.outlook(server);
      if (meets.id === 'slow') outlook.patienceMs = PATIENCE_MS;
      for (const { host, service } of places.map((name) => PLACES[name])) {
        const first = ground.address(server, host);
        const second = ground.address(server, host, 'second');
        if (only) outlook.pins.set(HOSTS[host], [first, second]);
        await ground.addAt(only === 'second' ? second : first, {
          ...meets,
          ...(takesService(meets.id) ? { service } : {}),
        });
      }
    },
  };
}

/** Answers of Entra ID and of the web are of one service anyway. */
const takesService = (id: string): boolean =>
  !id.startsWith('AADSTS') &&
  !id.startsWith('HTTP-') &&
  !['HTML-PAGE', 'entra-answer', 'web-answer'].includes(id);

async function resolvedAs(
  ground: Ground,
  server: ServerName,
  states: readonly ResolverState[],
): Promise<void> {
  const address = ground.address(server, 'login');
  for (const { of, addresses, ...state } of states) {
    const leads = (host: Host, word: string): string =>
      word === 'right'
        ? ground.address(server, host)
        : word === 'second'
          ? ground.address(server, host, 'second')
          : word === 'nowhere'
            ? ground.nowhere
            : word;
    const hosts = of ? [of] : (Object.keys(HOSTS) as Host[]);
    if (addresses === undefined && of === undefined) await ground.addAt(address, state);
    else {
      for (const host of hosts)
        await ground.addAt(address, {
          ...state,
          name: HOSTS[host],
          ...(addresses ? { addresses: addresses.map((word) => leads(host, word)) } : {}),
        });
    }
  }
  const place = `${address}:${ground.standIn.dnsPort}`;
  ground.outlook(server).resolver = { lookUp: lookUpAsSystem(place, ground.time), resolvers: [place] };
}
