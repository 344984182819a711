import { NameSettings } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { nameSettingsIn } from './name-settings.ts';
import { isFor, settingsFrom, suffixesOf, registryValues, winHttpProxyOf } from './windows-settings.ts';

/** As reg.exe prints it, line ends included. */
const printed = (...lines: string[]): string => `\r\n${lines.join('\r\n')}\r\n\r\n`;
const TCPIP = printed(
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
  '    DataBasePath    REG_EXPAND_SZ    %SystemRoot%\\System32\\drivers\\etc',
  '    Domain    REG_SZ    corp.example',
  '    DhcpDomain    REG_SZ    dhcp.example',
  '    NV Domain    REG_SZ    corp.example',
  '    SearchList    REG_SZ    corp.example,branch.example',
);
const RULES = printed(
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient\\DnsPolicyConfig\\{0A1B}',
  '    Name    REG_MULTI_SZ    .corp.example\\0outlook.office365.com',
  '    GenericDNSServers    REG_SZ    10.0.0.1;10.0.0.2',
  '    ConfigOptions    REG_DWORD    0x8',
);
const number = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
};
const winHttp = (flags: number, proxy: string): string =>
  number(0x28) +
  number(0) +
  number(flags) +
  number(proxy.length) +
  Buffer.from(proxy).toString('hex') +
  number(0);

describe('what the registry of Windows says', () => {
  it('is read from what reg.exe prints', () => {
    const settings = settingsFrom((key) =>
      key.endsWith('Tcpip\\Parameters')
        ? TCPIP
        : key.includes('Policies')
          ? RULES
          : key.endsWith('Connections')
            ? printed(
                'HKEY_LOCAL_MACHINE\\x\\Connections',
                `    WinHttpSettings    REG_BINARY    ${winHttp(3, 'proxy.corp.example:8080')}`,
              )
            : '',
    );
    expect(settings).toEqual({
      search: ['corp.example', 'branch.example'],
      nameRules: [
        { namespace: '.corp.example', servers: '10.0.0.1, 10.0.0.2' },
        { namespace: 'outlook.office365.com', servers: '10.0.0.1, 10.0.0.2' },
      ],
      winHttpProxy: 'proxy.corp.example:8080',
    });
  });

  it('is nothing where no key is there', () => {
    expect(settingsFrom(() => '')).toEqual({ search: [], nameRules: [], winHttpProxy: null });
  });

  it.each([
    ['the machine’s own domain, without a list', TCPIP.replace(/ {4}SearchList.*/, ''), ['corp.example']],
    ['that of DHCP, without either', TCPIP.replace(/ {4}(?:SearchList|Domain) .*/g, ''), ['dhcp.example']],
    [
      'an empty value',
      printed('HKEY_LOCAL_MACHINE\\x', '    SearchList    REG_SZ    ', '    Domain    REG_SZ'),
      [],
    ],
  ])('has as suffixes %s', (_, output, expected) => {
    expect(suffixesOf(registryValues(output))).toEqual(expected);
  });

  it.each([
    ['direct', winHttp(1, 'kept.example:1'), null],
    ['cut off', winHttp(3, 'proxy.example:8080').slice(0, 40), null],
    ['no hexadecimal', 'zz', null],
    ['by protocol', winHttp(3, 'http=a:1;https=b:2'), 'http=a:1;https=b:2'],
  ])('has the proxy of WinHTTP: %s', (_, hex, expected) => {
    expect(winHttpProxyOf(hex)).toBe(expected);
  });

  it.each([
    ['.corp.example', 'mail.corp.example', true],
    ['.corp.example', 'corp.example', false],
    ['Outlook.Office365.com', 'outlook.office365.com', true],
    ['office365.com', 'outlook.office365.com', false],
    ['.', 'anything.example', true],
  ])('has a rule %s, for %s: %s', (namespace, host, expected) => {
    expect(isFor(namespace, host)).toBe(expected);
  });

  it('stands beside a name as far as it bears on it', () => {
    const windows = {
      search: ['corp.example.'],
      nameRules: [
        { namespace: '.office365.com', servers: '10.0.0.1' },
        { namespace: '.corp.example', servers: '10.0.0.2' },
      ],
      winHttpProxy: 'proxy:8080',
    };
    const files = { hosts: '/nonexistent/hosts', resolvConf: null };
    expect(NameSettings.parse(nameSettingsIn(files, 'outlook.office365.com', windows))).toMatchObject({
      search: ['corp.example'],
      rules: ['.office365.com → 10.0.0.1'],
      winHttpProxy: 'proxy:8080',
    });
    expect(nameSettingsIn(files, 'outlook.office365.com')).not.toHaveProperty('rules');
  });
});
