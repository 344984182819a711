import { describe, expect, it } from 'vitest';
import { CheckId, HostName, Port } from './target.ts';
import { CLOUD_TARGETS } from './clouds.ts';
import { Endpoint } from './target.ts';
import { Roles } from './words.ts';

describe('a target', () => {
  it.each(['outlook.office365.com', 'svc01', 'a_b.example', '127.0.0.2', '::1', '2603:1026::1'])(
    'takes %s as a host',
    (host) => expect(HostName.parse(host)).toBe(host),
  );

  it.each([
    '',
    'https://x',
    'a b',
    'host:993',
    '[::1]',
    '-a.example',
    'a..b',
    'x'.repeat(254),
    'ホスト',
    'a/b',
    '::1%eth0',
  ])('refuses %s as a host and says what to write', (host) =>
    expect(HostName.safeParse(host).error?.issues[0]?.message).toContain(
      'write only a host name or an IP address',
    ),
  );

  it.each([0, -1, 65_536, 1.5, Number.NaN, '993'])('refuses %s as a port', (port) =>
    expect(Port.safeParse(port).success).toBe(false),
  );

  it.each(['imap', 'Imap.tls', 'imap.', 'imap..tls', 'imap.tls; rm'])(
    'refuses %s as the id of a check',
    (id) => expect(CheckId.safeParse(id).success).toBe(false),
  );

  it('has valid hosts and ports for every cloud', () => {
    for (const targets of Object.values(CLOUD_TARGETS))
      for (const endpoint of Object.values(targets)) expect(Endpoint.parse(endpoint)).toEqual(endpoint);
  });

  it('wants at least one role and none twice', () => {
    expect(Roles.safeParse([]).success).toBe(false);
    expect(Roles.safeParse(['services', 'services']).success).toBe(false);
    expect(Roles.parse(['services', 'application'])).toEqual(['services', 'application']);
  });
});
