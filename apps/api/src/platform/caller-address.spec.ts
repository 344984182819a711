import { describe, expect, it } from 'vitest';
import { isNetwork, limitKey, TrustedProxies } from './caller-address.ts';

describe('who sent a request', () => {
  const caller = (networks: string[], remote: string, forwarded?: string) =>
    new TrustedProxies(networks).callerOf({ remote, forwarded });

  it.each<[string, string[], string, string | undefined, string]>([
    ['the other end, whatever it says of itself', [], '192.0.2.1', '10.0.0.1', '192.0.2.1'],
    ['loopback, which is no proxy unless it was set', [], '127.0.0.1', '10.0.0.1', '127.0.0.1'],
    ['who is behind a proxy that was set', ['127.0.0.1'], '127.0.0.1', '192.0.2.7', '192.0.2.7'],
    ['the last of the header, not its first', ['127.0.0.1'], '127.0.0.1', '1.1.1.1, 192.0.2.7', '192.0.2.7'],
    [
      'who is behind two proxies',
      ['127.0.0.1', '10.0.0.0/8'],
      '127.0.0.1',
      '9.9.9.9,192.0.2.7, 10.1.2.3',
      '192.0.2.7',
    ],
    ['the proxy itself, where it names nobody', ['127.0.0.1'], '127.0.0.1', undefined, '127.0.0.1'],
    ['the proxy itself, where it names rubbish', ['127.0.0.1'], '127.0.0.1', 'unknown', '127.0.0.1'],
    ['the same for IPv4 on a socket of both families', ['127.0.0.1'], '::ffff:127.0.0.1', '::1', '::1'],
    ['who is behind a proxy with IPv6', ['fd00::/8'], 'fd00::5', '2001:db8::7', '2001:db8::7'],
  ])('is %s', (_, networks, remote, forwarded, expected) => {
    expect(caller(networks, remote, forwarded)).toBe(expected);
  });

  it.each(['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0'])(
    'may be told by the network %s',
    (text) => expect(isNetwork(text)).toBe(true),
  );

  it.each(['', 'localhost', '10.0.0.0/33', '10.0.0.0/', 'fd00::/129', '10.0.0/8', '10.0.0.0/-1'])(
    'is told by nothing called %j',
    (text) => expect(isNetwork(text)).toBe(false),
  );
});

describe('what limits go by', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1:0:0:9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('is, for %s, %s', (address, key) => expect(limitKey(address)).toBe(key));
});
