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
}

/** How ECE's administrator set the site up and signed in. */
export interface SetUp {
  inbound: Inbound;
  tenant: string;
  clientId: string;
  /** Permissions that are asked for; those that the site needs when null. */
  scopes: readonly string[] | null;
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
      ...ALL.flatMap((server) => hosts.map((host) => addressOf(net, server, host))),
    ];
    const standIn = await startStandIn({
      addresses,
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

  address(server: ServerName, host: Host): string {
    return addressOf(this.#net, server, host);
  }

  outlook(server: ServerName): Outlook {
    const own = this.#outlooks.get(server);
    if (!own) throw new Error(`there is no server ${server}`);
    return own;
  }

  /** Switches a fault of the stand-in on for what one server meets at one host. */
  async add(server: ServerName, host: Host, fault: Fault): Promise<void> {
    const address = this.address(server, host);
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
    return { pins: new Map(pins), resolver: null, trust: [], proxy: null, machine: { aheadMs: 0, farMs: 0 } };
  }

  #usualSetUp(): SetUp {
    const { directory } = this.standIn;
    const [application] = directory.applications.values();
    return {
      inbound: 'imap',
      tenant: directory.tenant.id,
      clientId: application?.clientId ?? '',
      scopes: null,
      signsInAs: new Map(),
    };
  }
}

/** All addresses of a ground are in one /24: a server's way out is then no other one's. */
const addressOf = (net: string, server: ServerName, host: Host): string =>
  `${net}.${10 * (ALL.indexOf(server) + 1) + hosts.indexOf(host)}`;
