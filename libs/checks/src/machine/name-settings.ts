import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { EVIDENCE_LIST_MAX, type NameSettings } from '@mailpath/protocol';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { configuredResolvers } from '../io/resolvers.ts';
import { isFor, windowsSettings, type WindowsSettings } from './windows-settings.ts';

/** What this machine's settings say of a name. */
export type ReadNameSettings = (host: string) => NameSettings;

/** Where the settings are. No `resolvConf` where the system keeps them elsewhere, as Windows does. */
export interface SettingsFiles {
  hosts: string;
  resolvConf: string | null;
}

const FILES: SettingsFiles =
  process.platform === 'win32'
    ? { hosts: 'C:\\Windows\\System32\\drivers\\etc\\hosts', resolvConf: null }
    : { hosts: '/etc/hosts', resolvConf: '/etc/resolv.conf' };
/** Nobody's settings are longer; what is behind it is not read. */
const MOST_BYTES = 1024 * 1024;

/** Reads what the machine's files say; what cannot be read is told in `error`. */
export const readNameSettings: ReadNameSettings = (host) => nameSettingsIn(FILES, host, windowsSettings());

/** The same from other files. */
export function nameSettingsIn(
  { hosts, resolvConf }: SettingsFiles,
  host: string,
  windows: WindowsSettings | null = null,
): NameSettings {
  const errors: string[] = [];
  const linesOf = (file: string): string[][] => {
    try {
      return fieldsOf(readFileSync(file).subarray(0, MOST_BYTES).toString('utf8'));
    } catch (error) {
      // A file that is not there is what is to be told.
      errors.push(`${(error as NodeJS.ErrnoException).code ?? 'unreadable'} ${file}`);
      return [];
    }
  };
  const settings = resolvConf === null ? null : linesOf(resolvConf);
  const wanted = host.toLowerCase();
  const entries = linesOf(hosts).filter(
    ([address = '', ...names]) => isIP(address) !== 0 && names.some((name) => name.toLowerCase() === wanted),
  );
  const resolvers = settings
    ? settings.filter(([key]) => key === 'nameserver').map(([, address = '']) => address)
    : configuredResolvers();
  // resolv.conf(5): of `search` and `domain` the last one counts.
  const [, ...search] = settings?.findLast(([key]) => key === 'search' || key === 'domain') ?? [];
  return {
    resolvers: evidenceLines(resolvers.slice(0, EVIDENCE_LIST_MAX)),
    search: evidenceLines(
      (windows?.search ?? search).map((domain) => domain.replace(/\.$/, '')).filter(Boolean),
    ),
    hosts: evidenceLines(entries.map(([address = '']) => address).slice(0, EVIDENCE_LIST_MAX)),
    ...(windows && windowsFacts(windows, host)),
    error: errors.length === 0 ? null : evidenceText(errors.join(', ')),
  };
}

/** What of Windows' own settings bears on the name. */
const windowsFacts = ({ nameRules, winHttpProxy }: WindowsSettings, host: string) => ({
  rules: evidenceLines(
    nameRules
      .filter(({ namespace }) => isFor(namespace, host))
      .map(({ namespace, servers }) => (servers === '' ? namespace : `${namespace} → ${servers}`))
      .slice(0, EVIDENCE_LIST_MAX),
  ),
  winHttpProxy: winHttpProxy === null ? null : evidenceText(winHttpProxy),
});

/** The words of each line, without comments. */
function fieldsOf(text: string): string[][] {
  const lines = text.split(/\r?\n/).map((line) => line.split(/[#;]/, 1)[0] ?? '');
  return lines.map((line) => line.split(/[ \t]+/).filter(Boolean)).filter((fields) => fields.length > 0);
}
