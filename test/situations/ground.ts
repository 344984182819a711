import type { LookUp } from '@mailpath/checks';
import type { Fault } from '../../apps/stand-in/src/faults.ts';
import { type StandIn, startStandIn } from '../../apps/stand-in/src/stand-in.ts';
import type { Machine } from './machine.ts';
import { authorities, type Authorities } from './public-root.ts';
import { ALL, HOSTS, type Host, type Inbound, type Place, type ServerName } from './site.ts';

/** How one server looks out: what its own machine and its network decide. */
export interface Outlook {
  /** Addresses by name; names are looked up where there is a resolver instead. */
  pins: Map<string, readonly string[]>;
  resolver: { lookUp: LookUp; resolvers: readonly string[] } | null;
  /** Roots that this machine trusts beside the public ones. */
  trust: string[];
  proxy: URL | null;
  machine: Machine;
  /** What a check is given beside its usual time, in milliseconds. */
  patienceMs: number;
  /** Whether anything comes from it. */
  reports: boolean;
}

/** How ECE's administrator set the site up and signed in. */
export interface SetUp {
  inbound: Inbound;
  tenant: string;
  clientId: string;
  /** Permissions that are asked for; those that the site needs when null. */
  scopes: readonly string[] | null;
  /** Whether the application opens mailboxes by a token of its own. */
  appOnly: boolean;
  /** Who signs in in place of whom. */
  signsInAs: Map<string, string>;
}

/** Something that was started for a fault. */
export interface Stoppable {
  stop: () => Promise<unknown>;
}

const hosts = Object.keys(HOSTS) as Host[];

/** A Microsoft 365 that five servers reach, each by addresses of its own, and whatever is set wrong in it. */
export class Ground {
  readonly standIn: StandIn;
  readonly authorities: Authorities;
  readonly setUp: SetUp;
  /** How many times the usual time everything has, where the machine has other work. */
  time = 1;
  readonly #net: string;
  readonly #outlooks = new Map<ServerName, Outlook>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #started: Stoppable[] = [];
  readonly #shared = new Map<string, Promise<string>>();

  private constructor(standIn: StandIn, all: Authorities, net: string) {
    this.standIn = standIn;
    this.authorities = all;
    this.#net = net;
    this.setUp = this.#usualSetUp();
    for (const server of ALL) this.#outlooks.set(server, this.#usualOutlook(server));
  }

  /** `lane` from 0 on: grounds of different lanes do not meet. */
  static async open(lane: number): Promise<Ground> {
    const all = await authorities();
    const net = `127.${61 + lane}.0`;
    const addresses = [
      `${net}.1`,
      ...ALL.flatMap((server) =>
        hosts.flatMap((host) => [addressOf(net, server, host), addressOf(net, server, host, 'second')]),
      ),
    ];
    const standIn = await startStandIn({
      addresses,
      namesAt: namesAt(net),
      authority: all.ofMicrosoft,
      otherAuthority: all.ofInspector,
    });
    return new Ground(standIn, all, net);
  }

  /** An address that no fault of a server's way concerns. */
  get desk(): string {
    return `${this.#net}.1`;
  }

  /** An address at which nobody is. */
  get nowhere(): string {
    return `${this.#net}.250`;
  }

  /** Where a server meets a host; `second` is another front end of the same name, where names lead to two. */
  address(server: ServerName, host: Host, which: 'first' | 'second' = 'first'): string {
    return addressOf(this.#net, server, host, which);
  }

  outlook(server: ServerName): Outlook {
    const own = this.#outlooks.get(server);
    if (!own) throw new Error(`there is no server ${server}`);
    return own;
  }

  /** Switches a fault of the stand-in on for what one server meets at one host. */
  add(server: ServerName, host: Host, fault: Fault): Promise<void> {
    return this.addAt(this.address(server, host), fault);
  }

  /** Switches a fault on at one address. */
  async addAt(address: string, fault: Fault): Promise<void> {
    const faults = [...(this.#faults.get(address) ?? []), fault];
    this.#faults.set(address, faults);
    this.standIn.faults.set(address, faults);
    await this.standIn.settled();
  }

  /** Puts something else where one server meets one service of Microsoft's. */
  async replace(
    server: ServerName,
    { host, service }: Place,
    start: (at: { address: string; port: number }) => Promise<Stoppable>,
  ): Promise<void> {
    await this.add(server, host, { id: 'closed', service });
    const port = this.standIn.ports[service];
    this.keep(await start({ address: this.address(server, host), port }));
  }

  /** The same for all servers of a situation, started with the first that asks for it. */
  shared(name: string, start: () => Promise<string>): Promise<string> {
    const known = this.#shared.get(name) ?? start();
    this.#shared.set(name, known);
    return known;
  }

  /** Stops it when the situation is over. */
  keep(started: Stoppable): void {
    this.#started.push(started);
  }

  /** Everything as it was. */
  async clear(): Promise<void> {
    await Promise.all(this.#started.splice(0).map((each) => each.stop()));
    this.#faults.clear();
    this.#shared.clear();
    await this.standIn.reset();
    Object.assign(this.setUp, this.#usualSetUp());
    for (const server of ALL) this.#outlooks.set(server, this.#usualOutlook(server));
  }

  async close(): Promise<void> {
    await this.clear();
    await this.standIn.stop();
  }

  #usualOutlook(server: ServerName): Outlook {
    const pins = hosts.map((host) => [HOSTS[host], [this.address(server, host)]] as const);
    const machine = { aheadMs: 0, farMs: 0 };
    return {
      pins: new Map(pins),
      resolver: null,
      trust: [],
      proxy: null,
      machine,
      patienceMs: 0,
      reports: true,
    };
  }

  #usualSetUp(): SetUp {
    const { directory } = this.standIn;
    const [application] = directory.applications.values();
    return {
      inbound: 'imap',
      tenant: directory.tenant.id,
      clientId: application?.clientId ?? '',
      scopes: null,
      appOnly: false,
      signsInAs: new Map(),
    };
  }
}

/** All addresses of a ground are in one /24: a server's path is then no other one's. */
const addressOf = (
  net: string,
  server: ServerName,
  host: Host,
  which: 'first' | 'second' = 'first',
): string => `${net}.${10 * (ALL.indexOf(server) + 1) + hosts.indexOf(host) + (which === 'second' ? 5 : 0)}`;

/** A server asks the resolver at its address of the sign-in host, and is led to its own addresses. */
const namesAt = (net: string) => (address: string) => (name: string) => {
  const server = ALL.find((each) => addressOf(net, each, 'login') === address);
  const host = hosts.find((each) => HOSTS[each] === name);
  return server && host ? [addressOf(net, server, host)] : null;
};
