import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeTestCa } from '@mailpath/checks/testing';
import type { DnsScript, DnsZone } from '@mailpath/checks/testing';
import { ServerReport } from '@mailpath/protocol';
import { Namespace, removeLeftovers } from './netns.ts';
import type { MicrosoftSide, NameServer } from './netns-microsoft.ts';

/**
 * Of Microsoft's ranges, since a check marks answers that cannot be Microsoft's. No packet gets there: these namespaces
 * have no way out, and nothing in them knows another network than theirs.
 */
const FAR_4 = '52.96.0';
const FAR_6 = '2603:1026:c0d:f:';
/** Microsoft's two addresses in each family. */
export const MAIL_4 = [`${FAR_4}.10`, `${FAR_4}.11`] as const;
export const MAIL_6 = [`${FAR_6}:10`, `${FAR_6}:11`] as const;
/** The middlebox, once traffic is turned to it. */
export const INTERCEPTOR = [`${FAR_4}.20`, `${FAR_6}:20`] as const;
/** The name in Microsoft's zone that the wrong name servers are wrong about. */
export const WRONG_NAME = 'outlook.office365.com';
export const NAMES = ['login.microsoftonline.com', 'login.microsoft.com', WRONG_NAME, 'smtp.office365.com'];
/** Name servers by what they say of WRONG_NAME. Nobody is at `dead`, and nothing answers for it. */
export const RESOLVERS = {
  good: `${FAR_4}.53`,
  nxdomain: `${FAR_4}.61`,
  servfail: `${FAR_4}.62`,
  wrong: `${FAR_4}.63`,
  dead: `${FAR_4}.64`,
} as const;
export const WRONG_ADDRESS = '10.0.0.5';

const ROOT = join(import.meta.dirname, '../..');
const AGENT = join(ROOT, 'apps/agent/src/main.ts');
const FROM_SOURCE = '--conditions=source';

/** What a site has beside, or instead of, what every site has. */
export interface Layout {
  /** Names with addresses of their own. */
  names?: DnsZone;
  /** Further mail hosts behind the router, of whatever network: the router knows the way. */
  hosts?: readonly string[];
  /** Where agents deliver their results, if these are to take the path through the router. */
  collectors?: readonly { host: string; port: number }[];
  /** Further name servers; each says what the good one says, but for these names. */
  nameServers?: readonly (Omit<NameServer, 'zone'> & { but: DnsZone })[];
}

/** An ECE server behind the router. `link` is the router's interface towards it. */
export interface EceServer {
  namespace: Namespace;
  link: string;
  net4: string;
  net6: string;
}

/** Three ECE servers behind one router with a firewall, and Microsoft behind that. */
export class Site {
  readonly servers: EceServer[] = [];
  readonly #namespaces: Namespace[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'mailpath-netns-'));
  readonly #layout: Layout;
  /** File with the authority of all certificates; a program in here must trust it beside Node's own. */
  readonly authority = join(this.#folder, 'authority.pem');
  router!: Namespace;

  constructor(layout: Layout = {}) {
    this.#layout = layout;
  }

  async build(): Promise<void> {
    await removeLeftovers();
    this.router = await this.#namespace('router');
    await this.router.sysctl('net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
    // Checks that run side by side are all told that there is no way, and not only the first of them.
    await this.router.sysctl('net.ipv4.icmp_ratelimit=0', 'net.ipv6.icmp.ratelimit=0');
    const microsoft = await this.#namespace('far');
    const [middlebox4, middlebox6] = INTERCEPTOR;
    const resolvers = Object.values(RESOLVERS).filter((each) => each !== RESOLVERS.dead);
    const ip4 = [...MAIL_4, ...resolvers, middlebox4];
    await this.#join('far', microsoft, FAR_4, FAR_6, ip4, [...MAIL_6, middlebox6]);
    const { hosts = [], nameServers = [], collectors = [] } = this.#layout;
    const more = [
      ...hosts,
      ...collectors.map(({ host }) => host),
      ...nameServers.map(({ address }) => address),
    ];
    await microsoft.ip(...more.map((each) => `addr add ${each}/32 dev eth0`));
    await this.router.ip(...more.map((each) => `route replace ${each}/32 dev far`));
    for (const number of [1, 2, 3]) {
      const namespace = await this.#namespace(`ece${number}`);
      const [net4, net6, link] = [`198.19.${number}`, `2001:2:0:${number}:`, `ece${number}`];
      await this.#join(link, namespace, net4, net6, [`${net4}.2`], [`${net6}:2`]);
      this.servers.push({ namespace, link, net4, net6 });
    }
    await this.#startMicrosoft(microsoft);
    await this.heal();
  }

  /** Everything as it should be on all servers. */
  async heal(): Promise<void> {
    // ICMP for an address where nobody is would tell too much of a resolver that is to be silent.
    await this.router.nft(
      `table inet fault\ndelete table inet fault\ntable inet fault {\n chain silent {\n` +
        ` type filter hook forward priority -10\n ip daddr ${RESOLVERS.dead} drop\n }\n}`,
    );
    for (const { namespace } of this.servers) {
      this.resolveBy(namespace, RESOLVERS.good);
      namespace.forget('hosts');
    }
  }

  resolveBy(namespace: Namespace, ...resolvers: readonly string[]): void {
    namespace.etc('resolv.conf', [...resolvers.map((each) => `nameserver ${each}`), ''].join('\n'));
  }

  /** A rule of the router's firewall for what comes from this server. `reply` turns it to what goes back. */
  async forbid({ link }: EceServer, rule: string, { reply = false } = {}): Promise<void> {
    const name = reply ? 'back' : 'out';
    await this.router.nft(
      `table inet fault {\n chain ${name} {\n type filter hook forward priority 0\n` +
        ` ${reply ? 'oifname' : 'iifname'} ${link} ${rule}\n }\n}`,
    );
  }

  /** The router hands what this server sends to that port to the interceptor, as transparent middleboxes do. */
  async intercept({ link }: EceServer, port: number): Promise<void> {
    const to = `iifname ${link} tcp dport ${port}`;
    const [ip4, ip6] = INTERCEPTOR;
    await this.router.nft(
      `table inet fault {\n chain turn {\n type nat hook prerouting priority -100\n` +
        ` meta nfproto ipv4 ${to} dnat ip to ${ip4}\n meta nfproto ipv6 ${to} dnat ip6 to ${ip6}\n }\n}`,
    );
  }

  /** The router hands this server's questions of names to another resolver, which answers in the asked one's place. */
  async resolveElsewhere({ link }: EceServer, resolver: string): Promise<void> {
    await this.router.nft(
      `table inet fault {\n chain names {\n type nat hook prerouting priority -100\n` +
        ` iifname ${link} meta l4proto { tcp, udp } th dport 53 dnat ip to ${resolver}\n }\n}`,
    );
  }

  /** Both ways between this server and Microsoft take `ms` longer from now on. */
  async delay({ link, net4, net6 }: EceServer, ms: number): Promise<() => Promise<void>> {
    const { router } = this;
    const rules = async (verb: 'add' | 'del') => {
      const towards = `rule ${verb} iif ${link} lookup 100`;
      await router.ip(towards, `rule ${verb} iif far to ${net4}.0/24 lookup 101`);
      await router.ip6(towards, `rule ${verb} iif far to ${net6}:/64 lookup 101`);
    };
    await router.ip('tuntap add dev near mode tun', 'tuntap add dev away mode tun');
    const script = join(import.meta.dirname, 'netns-delay.pl');
    const relay = router.start('perl', [script, 'near', 'away', String(ms / 1000)]);
    await said(relay, 'ready');
    await router.ip('link set near up', 'link set away up');
    const routes = ['route add default dev near table 100', 'route add default dev away table 101'];
    await router.ip(...routes);
    await router.ip6(...routes);
    await rules('add');
    return async () => {
      await rules('del');
      relay.stdin?.end();
      await once(relay, 'exit');
    };
  }

  /** `mailpath-agent check` on this server, for the targets in `only`. */
  async check({ namespace }: EceServer, only: string, deadlineSeconds: number): Promise<ServerReport> {
    const words = ['check', '--json', '--only', only, '--deadline', String(deadlineSeconds)];
    const agent = namespace.start(process.execPath, [FROM_SOURCE, AGENT, ...words], {
      NODE_EXTRA_CA_CERTS: this.authority,
    });
    let [stdout, stderr] = ['', ''];
    agent.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    agent.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(agent, 'close');
    if (stdout === '') throw new Error(`the agent said nothing: ${stderr}`);
    return ServerReport.parse(JSON.parse(stdout));
  }

  async remove(): Promise<void> {
    await Promise.all(this.#namespaces.map((each) => each.remove()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #namespace(role: string): Promise<Namespace> {
    const made = await Namespace.make(role);
    this.#namespaces.push(made);
    return made;
  }

  /** A cable between the router (.1) and that machine, whose interface has all these addresses. */
  async #join(link: string, to: Namespace, net4: string, net6: string, ip4: string[], ip6: string[]) {
    await this.router.ip(
      `link add name ${link} type veth peer name eth0 netns ${to.name}`,
      `addr add ${net4}.1/24 dev ${link}`,
      `addr add ${net6}:1/64 dev ${link}`,
      `link set ${link} up`,
    );
    await to.ip(
      ...ip4.map((each) => `addr add ${each}/24 dev eth0`),
      ...ip6.map((each) => `addr add ${each}/64 dev eth0`),
      'link set eth0 up',
      `route add default via ${net4}.1`,
    );
    await to.ip6(`route add default via ${net6}:1`);
  }

  async #startMicrosoft(namespace: Namespace): Promise<void> {
    const ca = await makeTestCa();
    writeFileSync(this.authority, ca.certificate);
    const inspection = await makeTestCa('Corporate Inspection CA');
    const { names = {}, hosts = [], nameServers = [], collectors = [] } = this.#layout;
    const standard: DnsZone = Object.fromEntries(NAMES.map((name) => [name, { a: MAIL_4, aaaa: MAIL_6 }]));
    const zone = { ...standard, ...names };
    const certified = Object.keys(zone);
    const but = (said: DnsScript): DnsZone => ({ ...zone, [WRONG_NAME]: said });
    const side: MicrosoftSide = {
      tls: await ca.issue({ names: certified }),
      hosts: [...MAIL_4, ...MAIL_6, ...hosts],
      collectors,
      interceptor: { addresses: INTERCEPTOR, tls: await inspection.issue({ names: certified }) },
      nameServers: [
        { address: RESOLVERS.good, zone },
        { address: RESOLVERS.nxdomain, zone: but('nxdomain') },
        { address: RESOLVERS.servfail, zone: but('servfail') },
        { address: RESOLVERS.wrong, zone: but({ a: [WRONG_ADDRESS] }) },
        ...nameServers.map(({ but: said, ...server }) => ({ ...server, zone: { ...zone, ...said } })),
      ],
    };
    const script = join(import.meta.dirname, 'netns-microsoft.ts');
    const child = namespace.start(process.execPath, [FROM_SOURCE, script]);
    child.stdin?.write(`${JSON.stringify(side)}\n`);
    await said(child, 'ready');
  }
}

/** Waits for a line of a child's; ends in an error with what it said instead. */
async function said(child: ReturnType<Namespace['start']>, line: string): Promise<void> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  for await (const each of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (each === line) return;
  }
  throw new Error(`a helper program of the namespaces ended without "${line}": ${stderr}`);
}
