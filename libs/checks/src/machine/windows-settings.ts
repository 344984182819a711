import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** What Windows is set to, beside the adapters' own resolvers, that decides where a name or a request goes. */
export interface WindowsSettings {
  /** Suffixes that are tried for a name, in their order. */
  search: string[];
  /** Rules of the Name Resolution Policy Table, `.corp.example → 10.0.0.1, 10.0.0.2`. */
  nameRules: { namespace: string; servers: string }[];
  /** The proxy of WinHTTP (`netsh winhttp show proxy`); null for none. Node and ECE's Java do not use it. */
  winHttpProxy: string | null;
}

interface Value {
  key: string;
  name: string;
  data: string;
}

/** Reads what `reg.exe query KEY /s` prints: lines of keys, and below each its values, four spaces between fields. */
export function registryValues(output: string): Value[] {
  const values: Value[] = [];
  let key = '';
  for (const line of output.split(/\r?\n/)) {
    if (line.startsWith('HKEY_')) key = line.trim();
    const at = line.indexOf('    REG_');
    if (!line.startsWith('    ') || at < 5) continue;
    const name = line.slice(4, at);
    const typed = line.slice(at + 4);
    const gap = typed.indexOf('    ');
    values.push({ key, name, data: gap < 0 ? '' : typed.slice(gap + 4) });
  }
  return values;
}

/** `Tcpip\Parameters`: the list that was set, or else the machine's own domain. */
export function suffixesOf(values: readonly Value[]): string[] {
  const of = (name: string): string => values.find((value) => value.name === name)?.data.trim() ?? '';
  const listed = of('SearchList').split(/[, ]+/).filter(Boolean);
  return listed.length > 0 ? listed : [of('Domain') || of('DhcpDomain')].filter(Boolean);
}

/** `DnsPolicyConfig`, of group policy or of the machine: one key a rule, with its namespaces and their resolvers. */
export function nameRulesOf(values: readonly Value[]): WindowsSettings['nameRules'] {
  const servers = new Map(
    values.flatMap(({ key, name, data }) => (name === 'GenericDNSServers' ? [[key, data]] : [])),
  );
  return values
    .filter(({ name }) => name === 'Name')
    .flatMap(({ key, data }) =>
      // REG_MULTI_SZ is printed with \0 between its texts.
      data
        .split('\\0')
        .filter(Boolean)
        .map((namespace) => ({ namespace, servers: (servers.get(key) ?? '').replaceAll(';', ', ') })),
    );
}

/** Whether a rule is for the name: `.corp.example` for all below it, `.` for every one, any other for itself. */
export function isFor(namespace: string, host: string): boolean {
  const [rule, name] = [namespace.toLowerCase(), host.toLowerCase()];
  return rule === '.' || (rule.startsWith('.') ? name.endsWith(rule) : name === rule);
}

const USES_PROXY = 2;

/**
 * `WinHttpSettings`, hexadecimal: a version, a counter, flags, and the proxy with its length before it, each number
 * four bytes, low byte first. Null where none is set, and for what is cut off.
 */
export function winHttpProxyOf(hex: string): string | null {
  const bytes = Buffer.from(hex.trim(), 'hex');
  if (bytes.length < 16 || (bytes.readUInt32LE(8) & USES_PROXY) === 0) return null;
  const length = bytes.readUInt32LE(12);
  return length > 0 && bytes.length >= 16 + length ? bytes.toString('latin1', 16, 16 + length) : null;
}

const TCPIP = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const RULES = [
  'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient\\DnsPolicyConfig',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig',
];
const CONNECTIONS = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';
/** Beside a running check nothing waits for a program: settings of this kind change with a policy. */
const READ_AGAIN_MS = 10 * 60_000;
const QUERY_MS = 3_000;

let read: { settings: WindowsSettings; atMs: number } | null = null;

/** What the registry says, read once in ten minutes; null elsewhere than on Windows. */
export function windowsSettings(platform: NodeJS.Platform = process.platform): WindowsSettings | null {
  if (platform !== 'win32') return null;
  if (!read || performance.now() - read.atMs > READ_AGAIN_MS)
    read = { settings: settingsFrom(query), atMs: performance.now() };
  return read.settings;
}

/** `query`: the output of `reg.exe query` for a key, with what lies below it where asked for. */
export function settingsFrom(query: (key: string, below: boolean) => string): WindowsSettings {
  const connections = registryValues(query(CONNECTIONS, false));
  const winHttp = connections.find(({ name }) => name === 'WinHttpSettings')?.data ?? '';
  return {
    search: suffixesOf(registryValues(query(TCPIP, false))),
    nameRules: RULES.flatMap((key) => nameRulesOf(registryValues(query(key, true)))),
    winHttpProxy: winHttpProxyOf(winHttp),
  };
}

/** By its full path. A key that is not there is answered with 1: then nothing is set. */
function query(key: string, below: boolean): string {
  const reg = path.win32.join('C:\\Windows', 'System32', 'reg.exe');
  try {
    return execFileSync(reg, ['query', key, ...(below ? ['/s'] : [])], {
      encoding: 'latin1',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: QUERY_MS,
      windowsHide: true,
    });
  } catch {
    return '';
  }
}
