import { expect, test } from 'vitest';
import { unusualAmong } from './address-range.ts';

test.each([
  ['10.0.0.5', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['127.0.0.1', 'loopback'],
  ['169.254.1.1', 'link-local'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.7', 'documentation'],
  ['203.0.113.255', 'documentation'],
  ['198.18.0.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['fd00::1', 'private'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'documentation'],
  ['3fff::1', 'documentation'],
  ['2002:c000:204::1', '6to4'],
  ['::ffff:10.0.0.5', 'private'],
  ['64:ff9b::a00:5', 'private'],
  ['mail.test', 'not an address'],
])('%s is %s, so it cannot be Microsoft’s', (address, range) => {
  expect(unusualAmong([address])).toEqual([`${address} ${range}`]);
});

test('addresses of the public Internet are not unusual, nor is one that a network with IPv6 only makes of IPv4', () => {
  expect(unusualAmong(['52.97.1.2', '2603:1026:c0d::5', '::ffff:52.97.1.2', '64:ff9b::3461:102'])).toEqual(
    [],
  );
});

test('of several addresses only the unusual ones are listed', () => {
  expect(unusualAmong(['52.97.1.2', '10.0.0.5', '40.96.1.1'])).toEqual(['10.0.0.5 private']);
});
