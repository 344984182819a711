import { readNetworks } from '@mailpath/checks';
import { describe, expect, it } from 'vitest';
import { MailpathError } from '../../platform/errors.ts';
import { refuseInsidePlaces } from './inside-places.ts';

const fieldsRefused = (
  places: Parameters<typeof refuseInsidePlaces>[0],
  allowed: string[] = [],
): string[] => {
  try {
    refuseInsidePlaces(places, readNetworks(allowed));
    return [];
  } catch (error) {
    if (!(error instanceof MailpathError)) throw error;
    return (error.errors ?? []).map(({ field }) => field);
  }
};
const imapAt = (host: string) => ({ targets: { imap: { host, port: 993 } } });

describe('the targets of a site', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback in decimal', '2130706433'],
    ['loopback in hexadecimal', '0x7f.1'],
    ['loopback in octal', '0177.0.0.1'],
    ['short loopback', '127.1'],
    ['loopback of IPv6', '::1'],
    ['an IPv4-mapped address', '::ffff:127.0.0.1'],
    ['the same in hexadecimal', '::ffff:7f00:1'],
    ['this machine by name', 'localhost'],
    ['this machine by a longer name', 'Mail.LocalHost.'],
    ['a private address', '10.0.0.5'],
    ['a private address of IPv6', 'fd00::5'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['link-local', '169.254.1.1'],
    ['metadata', '169.254.169.254'],
    ['metadata of Azure', '168.63.129.16'],
    ['the unspecified address', '0.0.0.0'],
    ['a private address behind DNS64', '64:ff9b::a00:5'],
  ])('are at no %s, wherever it is written', (_, host) => {
    const extra = { name: 'relay', check: 'tcp.connect', host, port: 25, roles: ['services' as const] };
    expect(fieldsRefused(imapAt(host))).toEqual(['targets.imap.host']);
    expect(fieldsRefused({ extraTargets: [extra] })).toEqual(['extraTargets.0.host']);
    const url = `https://${host.includes(':') ? `[${host}]` : host}/system`;
    expect(fieldsRefused({ externalUrl: url, adminConsoleUrl: url })).toEqual([
      'externalUrl',
      'adminConsoleUrl',
    ]);
  });

  it.each([
    '52.97.1.2',
    '2603:1026:c0d::5',
    'outlook.office365.com',
    '192.0.2.1',
    '10.example.com',
    'localhost.test',
  ])('may be at %s', (host) => expect(fieldsRefused(imapAt(host))).toEqual([]));

  it('may be inside where an administrator allowed the network, and nowhere else', () => {
    const allowed = ['10.20.0.0/16', '127.0.0.0/8'];
    expect(fieldsRefused(imapAt('10.20.1.1'), allowed)).toEqual([]);
    expect(fieldsRefused(imapAt('localhost'), allowed)).toEqual([]);
    expect(fieldsRefused(imapAt('0x7f.1'), allowed)).toEqual([]);
    expect(fieldsRefused(imapAt('10.21.1.1'), allowed)).toEqual(['targets.imap.host']);
  });

  it('are refused with what to write instead', () => {
    expect(() => refuseInsidePlaces(imapAt('10.0.0.5'), readNetworks([]))).toThrow(
      expect.objectContaining({
        code: 'validation',
        message: expect.stringMatching(
          /^targets\.imap\.host: 10\.0\.0\.5 is an inside address \(private\): .* MAILPATH_ALLOW_NETWORKS$/,
        ) as string,
      }) as Error,
    );
  });
});
