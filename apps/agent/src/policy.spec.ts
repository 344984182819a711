import type { Gate } from '@mailpath/checks';
import { describe, expect, it } from 'vitest';
import { allowList } from './allow.ts';
import { gateOf, Policy } from './policy.ts';

const INSIDE = [
  ['loopback', '127.0.0.1'],
  ['all of loopback', '127.255.255.254'],
  ['loopback of IPv6', '::1'],
  ['this network', '0.0.0.0'],
  ['the unspecified address', '::'],
  ['private 10', '10.0.0.5'],
  ['private 172', '172.31.255.255'],
  ['private 192', '192.168.1.1'],
  ['unique local', 'fd00:1::1'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['link-local', '169.254.1.1'],
  ['link-local of IPv6 with a zone', 'fe80::1%eth0'],
  ['metadata', '169.254.169.254'],
  ['metadata of IPv6', 'fd00:ec2::254'],
  ['metadata of Azure', '168.63.129.16'],
  ['metadata of Azure, as IPv6', '::ffff:168.63.129.16'],
  ['an IPv4-mapped address', '::ffff:127.0.0.1'],
  ['the same in hexadecimal', '::ffff:7f00:1'],
  ['an IPv4-compatible address', '::7f00:1'],
  ['an inside address behind DNS64', '64:ff9b::a00:5'],
  ['an inside address behind 6to4', '2002:a00:5::1'],
  ['multicast', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
] as const;

interface Written {
  allow?: string[];
  networks?: string[];
  pins?: Record<string, string[]>;
}

/** What the gate says of a target, as an agent with these settings has it. */
function gate({ allow = [], networks = [], pins = {} }: Written = {}): Gate {
  return gateOf({ allowed: allowList(allow), networks, pins: new Map(Object.entries(pins)) });
}

const toTarget = (host: string, address: string, port = 993) =>
  ({ host, port, address, for: 'target' }) as const;

describe('the gate of an agent', () => {
  it.each(INSIDE)('opens no %s behind a name that is allowed', (_, address) => {
    const asked = gate({ allow: ['relay.test:993', 'localhost:25'] });
    for (const host of ['outlook.office365.com', 'relay.test', '0x7f.1', '2130706433', '127.1'])
      expect(asked(toTarget(host, address))).toMatch(/policy\.networks in agent\.json$/);
  });

  it.each(['52.97.1.2', '2603:1026:c0d::5', '::ffff:52.97.1.2', '64:ff9b::3461:102'])(
    'opens the public address %s',
    (address) => {
      expect(gate()(toTarget('outlook.office365.com', address))).toBeNull();
    },
  );

  it('opens what the administrator wrote: an address, its network, a pin, this machine by its own name', () => {
    expect(gate({ allow: ['127.0.0.1:993'] })(toTarget('127.0.0.1', '127.0.0.1'))).toBeNull();
    expect(gate({ allow: ['[::1]:993'] })(toTarget('0:0:0:0:0:0:0:1', '::1'))).toBeNull();
    expect(gate({ allow: ['localhost:993'] })(toTarget('localhost', '127.0.0.1'))).toBeNull();
    expect(gate({ allow: ['localhost:993'] })(toTarget('localhost', '10.0.0.5'))).not.toBeNull();
    expect(gate({ networks: ['10.20.0.0/16'] })(toTarget('relay.test', '10.20.3.4'))).toBeNull();
    expect(gate({ networks: ['10.20.0.0/16'] })(toTarget('relay.test', '::ffff:10.20.3.4'))).toBeNull();
    expect(gate({ networks: ['10.20.0.0/16'] })(toTarget('relay.test', '10.21.3.4'))).not.toBeNull();
    expect(gate({ networks: ['fd00:1::/32'] })(toTarget('relay.test', 'fd00:1::9'))).toBeNull();
    const pins = { 'outlook.office365.com': ['127.0.0.2'] };
    expect(gate({ pins })(toTarget('Outlook.Office365.com', '127.0.0.2'))).toBeNull();
    expect(gate({ pins })(toTarget('outlook.office365.com', '127.0.0.3'))).not.toBeNull();
  });

  it('lets the proxy be inside the site, and no name of one be this machine', () => {
    const toProxy = (host: string, address: string) => gate()({ host, port: 8080, address, for: 'proxy' });
    expect(toProxy('proxy.test', '10.0.0.5')).toBeNull();
    expect(toProxy('127.0.0.1', '127.0.0.1')).toBeNull();
    expect(toProxy('localhost', '::1')).toBeNull();
    expect(toProxy('proxy.test', '127.0.0.1')).not.toBeNull();
    expect(toProxy('proxy.test', '169.254.169.254')).not.toBeNull();
  });

  it('follows a certificate to public addresses and the port of HTTP alone', () => {
    const asked = (host: string, address: string, port: number, written?: Written) =>
      gate(written)({ host, port, address, for: 'revocation' });
    expect(asked('crl.test', '93.184.215.14', 80)).toBeNull();
    expect(asked('crl.test', '93.184.215.14', 22)).toMatch(/not the port of HTTP/);
    expect(asked('crl.test', '10.0.0.5', 80)).not.toBeNull();
    expect(asked('10.0.0.5', '10.0.0.5', 80)).not.toBeNull();
    expect(asked('crl.test', '10.0.0.5', 80, { networks: ['10.0.0.0/8'] })).toBeNull();
    expect(asked('10.0.0.5', '10.0.0.5', 8080, { allow: ['10.0.0.5:8080'] })).toBeNull();
  });
});

describe('the policy in agent.json', () => {
  it.each([
    ['10.0.0.0', /write a network with its length/],
    ['10.0/16', /write a network with its length/],
    ['0x0a.0.0.0/8', /write a network with its length/],
    ['10.0.0.0/33', /write a network with its length/],
    ['relay.test/24', /write a network with its length/],
    ['0.0.0.0/0', /would open every address/],
    ['::/0', /would open every address/],
    ['10.20.3.4/16', /begins at 10\.20\.0\.0\/16/],
  ])('has no network "%s"', (network, message) => {
    const read = Policy.safeParse({ networks: [network] });
    expect(read.error?.issues).toMatchObject([
      { path: ['networks', 0], message: expect.stringMatching(message) as string },
    ]);
  });

  it('is no place for a limit beyond the built-in ones, or for a word that is not known', () => {
    const wrong = [
      { leastEverySeconds: 9 },
      { mostChecksAtOnce: 21 },
      { mostChecksAtOnce: 0 },
      { network: [] },
    ];
    expect(wrong.filter((policy) => Policy.safeParse(policy).success)).toEqual([]);
  });
});
