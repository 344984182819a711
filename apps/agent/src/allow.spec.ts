import { CLOUD_TARGETS } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { allowList, notAllowed, readAllowEntry, permits } from './allow.ts';

describe('the allow list', () => {
  it('permits every target of every cloud, in any case of letters, with nothing added', () => {
    const allowed = allowList([]);
    const presets = Object.values(CLOUD_TARGETS).flatMap((targets) => Object.values(targets));
    expect(presets.filter((place) => !allowed(place))).toEqual([]);
    expect(allowed({ host: 'Outlook.Office365.com', port: 993 })).toBe(true);
  });

  it.each([
    ['another port of a preset', 'outlook.office365.com', 25],
    ['loopback', '127.0.0.1', 993],
    ['IPv6 loopback', '::1', 993],
    ['a private address', '10.0.0.1', 443],
    ['the metadata address', '169.254.169.254', 443],
    ['a hexadecimal loopback', '0x7f.1', 993],
    ['a decimal loopback', '2130706433', 993],
    ['an IPv4 address in IPv6', '::ffff:127.0.0.1', 993],
    ['a name that only begins like a preset', 'outlook.office365.com.example.net', 993],
    ['remote desktop', 'outlook.office365.com', 3389],
  ])('refuses %s', (_, host, port) => {
    expect(allowList([])({ host, port })).toBe(false);
  });

  it('permits what the administrator added: one port, or any port of one host', () => {
    const allowed = allowList(['Mail.example.com:1993', 'proxy.example.com:*', '[0:0:0:0:0:0:0:1]:993']);
    expect(allowed({ host: 'mail.example.com', port: 1993 })).toBe(true);
    expect(allowed({ host: 'mail.example.com', port: 993 })).toBe(false);
    expect(allowed({ host: 'proxy.example.com', port: 8080 })).toBe(true);
    expect(allowed({ host: 'other.example.com', port: 8080 })).toBe(false);
    expect(allowed({ host: '::1', port: 993 })).toBe(true);
  });

  it.each([
    ['*', /write a host name/],
    ['*:993', /write a host name/],
    ['*:*', /write a host name/],
    ['mail.example.com', /add the port, such as mail\.example\.com:993/],
    ['https://mail.example.com:443', /no https/],
    ['mail.example.com:0', /1 to 65535/],
    ['mail.example.com:70000', /1 to 65535/],
    ['::1', /in brackets/],
  ])('takes no entry "%s"', (entry, message) => {
    expect(() => readAllowEntry(entry)).toThrow(message);
  });

  it('says in the reason what to do', () => {
    const target = { name: 'imap', host: '::1', port: 993 };
    expect(notAllowed(allowList([]), { check: 'imap.tls', target })).toMatchObject({
      outcome: 'skipped',
      reason: "[::1]:993 is not on this server's allow list: add it to agent.json",
      evidence: {
        skip: { code: 'not-allowed', about: '[::1]:993' },
        policy: { barred: 'place', host: '::1', port: 993 },
      },
    });
  });

  it('permits a task by every place that it connects to, and names the one that is not', () => {
    const target = { name: 'sales', host: '127.0.0.1', port: 587 };
    const task = {
      check: 'mail.round-trip',
      target,
      reading: { protocol: 'imap' as const, host: '127.0.0.1', port: 993 },
    };
    const both = allowList(['127.0.0.1:587', '127.0.0.1:993']);
    const sendingAlone = allowList(['127.0.0.1:587']);
    expect([permits(both, task), permits(sendingAlone, task)]).toEqual([true, false]);
    expect(notAllowed(sendingAlone, task).reason).toMatch(/^127\.0\.0\.1:993 is not on/);
  });
});
