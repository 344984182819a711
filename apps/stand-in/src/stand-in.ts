import { BlockList, isIPv4 } from 'node:net';
import { makeTestCa, type TestCa } from '@mailpath/checks/testing';
import { CLOUD_TARGETS, type Endpoint, StandardTarget } from '@mailpath/protocol';
import { AccessTokens } from './access-tokens.ts';
import { CannotStart } from './cannot-start.ts';
import { MICROSOFT_NAMES } from './certificate-names.ts';
import { Certificates } from './certificates.ts';
import { startControl } from './control/control-server.ts';
import type { Directory } from './directory.ts';
import { DEVICE_PACE, type DevicePace } from './entra/entra.ts';
import { UsedAssertions } from './entra/client-assertion.ts';
import { Grants } from './entra/grants.ts';
import { Faults, type Service } from './faults.ts';
import { type Ports, startListeners } from './listeners.ts';
import { mailSide } from './mail-side.ts';
import type { ResolversOptions } from './resolver/resolvers.ts';
import { seedDirectory } from './seed.ts';
import { ECE_HOST } from './web/ece-web.ts';
import { webSessions } from './web/web.ts';
import type { World } from './world.ts';

export interface StandInOptions {
  /** Loopback addresses (127.0.0.0/8); 127.0.0.1 unless told. */
  addresses?: readonly string[] | undefined;
  /** Free ones where left out. */
  ports?: Readonly<Partial<Ports>> | undefined;
  /** Of the control interface, on 127.0.0.1; a free one unless told. */
  controlPort?: number | undefined;
  /** Of the resolver, on every address; a free one unless told. */
  dnsPort?: number | undefined;
  /** What names lead to for whoever asks at an address; Microsoft's lead to that address unless told. */
  namesAt?: ResolversOptions['namesAt'];
  /** What there is at the start and after a reset; the example site unless told. */
  seed?: (now: number) => Directory;
  devicePace?: DevicePace;
  /** Who issues its certificates; one of its own unless told. */
  authority?: TestCa;
  /** Who issues those of the fault `other-authority`. */
  otherAuthority?: TestCa;
  now?: () => number;
}

/** A Microsoft 365 that runs. */
export interface StandIn {
  addresses: readonly string[];
  ports: Ports;
  /** Of the resolver, on every address, over UDP and TCP. */
  dnsPort: number;
  /** Microsoft's names with the stand-in's ports: each address answers to all of them. */
  targets: Record<StandardTarget, Endpoint>;
  /** What a client has to trust: PEM, and the name as a result shows it. */
  authority: { certificate: string; subject: string };
  directory: Directory;
  faults: Faults;
  tokens: AccessTokens;
  controlUrl: string;
  /** Resolves when faults of the path that were set hold. */
  settled: () => Promise<void>;
  /** Back to the start: directory, faults, grants and messages. */
  reset: () => Promise<void>;
  stop: () => Promise<void>;
}

const RESOLVED: ReadonlySet<string> = new Set([...MICROSOFT_NAMES, ECE_HOST]);
const ownNamesAt: ResolversOptions['namesAt'] = (address) => (name) =>
  RESOLVED.has(name) ? [address] : null;

const OTHER_AUTHORITY = 'Corp Proxy CA';

/** Starts Entra ID, Exchange Online's services and the control interface; rejects with CannotStart. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { addresses = ['127.0.0.1'], ports = {}, seed = seedDirectory, now = Date.now } = options;
  requireLoopback(addresses);
  const world: World = {
    directory: seed(now()),
    tokens: await AccessTokens.create(),
    faults: new Faults(),
    now,
  };
  const grants = new Grants();
  const usedAssertions = new UsedAssertions();
  const entra = { world, grants, usedAssertions, devicePace: options.devicePace ?? DEVICE_PACE };
  const mail = mailSide(world);
  const authority = options.authority ?? (await makeTestCa('Mailpath Stand-in CA'));
  const other = options.otherAuthority ?? (await makeTestCa(OTHER_AUTHORITY));
  const names = [...MICROSOFT_NAMES, ECE_HOST, ...addresses];
  const listeners = await startListeners({
    addresses,
    ports,
    sessions: { https: webSessions(entra), imap: mail.imap, pop3: mail.pop3, smtp: mail.smtp },
    certificates: new Certificates(names, authority, other),
    faults: world.faults,
    resolver: { port: options.dnsPort ?? 0, namesAt: options.namesAt ?? ownNamesAt },
  });
  const reset = async (): Promise<void> => {
    world.directory.replaceBy(seed(now()));
    grants.clear();
    mail.reset();
    for (const address of Object.keys(world.faults.all)) world.faults.set(address, []);
    await listeners.settled();
  };
  const running = {
    addresses,
    ports: listeners.ports,
    dnsPort: listeners.dnsPort,
    targets: targetsAt(listeners.ports),
    authority: { certificate: authority.certificate, subject: authority.subject },
    ...world,
    settled: listeners.settled,
    reset,
  };
  try {
    const control = await startControl(running, options.controlPort ?? 0);
    return {
      ...running,
      controlUrl: control.url,
      async stop() {
        await Promise.all([control.stop(), listeners.stop()]);
      },
    };
  } catch (error) {
    await listeners.stop();
    throw error;
  }
}

function requireLoopback(addresses: readonly string[]): void {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8);
  const wrong = addresses.find((address) => !isIPv4(address) || !loopback.check(address));
  if (wrong !== undefined) {
    throw new CannotStart(
      `${wrong} is no loopback address: --address takes 127.0.0.1 to 127.255.255.254, since secrets here are known to all`,
    );
  }
  if (addresses.length === 0) throw new CannotStart('give at least one --address');
  if (new Set(addresses).size < addresses.length) throw new CannotStart('give each --address once');
}

/** Which service answers a standard target. */
const SERVICE_OF: Readonly<Record<StandardTarget, Service>> = {
  login: 'https',
  'login-alias': 'https',
  exchange: 'https',
  smtp: 'smtp',
  imap: 'imap',
  pop3: 'pop3',
};

function targetsAt(ports: Ports): Record<StandardTarget, Endpoint> {
  const places = StandardTarget.options.map((name) => [
    name,
    { host: CLOUD_TARGETS.worldwide[name].host, port: ports[SERVICE_OF[name]] },
  ]);
  return Object.fromEntries(places) as Record<StandardTarget, Endpoint>;
}
