import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiConfig } from '../../platform/config.ts';
import type { Download } from '../downloads/download.ts';

/** The lines to type on a server. */
export const EnrolCommands = z
  .object({ linux: z.string(), windows: z.string() })
  .meta({ id: 'EnrolCommands' });
export type EnrolCommands = z.infer<typeof EnrolCommands>;

/** Where the file that a line fetches lies, for who carries it over by hand; null where none is offered. */
export const EnrolDownloads = z
  .object({ linux: z.string().nullable(), windows: z.string().nullable() })
  .meta({ id: 'EnrolDownloads' });
export type EnrolDownloads = z.infer<typeof EnrolDownloads>;

const PACKAGES = { linux: 'mailpath-agent.deb', windows: 'mailpath-agent.msi' } as const;
type Packages = Record<keyof typeof PACKAGES, Download | null>;

/** Of what is offered, the package for each system. */
export async function packagesIn(find: (name: string) => Promise<Download | null>): Promise<Packages> {
  const [linux, windows] = await Promise.all([find(PACKAGES.linux), find(PACKAGES.windows)]);
  return { linux, windows };
}

export const enrolDownloads = ({ linux, windows }: Packages): EnrolDownloads => ({
  linux: linux?.path ?? null,
  windows: windows?.path ?? null,
});

/** Where agents reach this API: as it was set, or else as the caller does. */
export function apiAddress(
  { protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>,
  { MAILPATH_PUBLIC_URL: set, MAILPATH_PORT: port }: ApiConfig,
): string {
  const asked = `${protocol}://${host}`;
  const isPlain = /^[a-z0-9.:[\]-]{1,255}$/i.test(host) && URL.canParse(asked);
  return set ?? (isPlain ? asked : `http://localhost:${port}`);
}

/**
 * What to type on the server: where a package is offered, the line that fetches it, compares its checksum, installs
 * and enrols; else the agent as docs/agents.md puts it there. The code is letters, digits and dashes; an address that a
 * shell could read otherwise is quoted.
 */
export function enrolCommands(base: string, code: string, packages: Packages): EnrolCommands {
  const plain = base.replaceAll("'", '%27').replaceAll('"', '%22');
  const server: Server = { base: plain, code, insecure: isUnencrypted(base) ? ' --insecure-http' : '' };
  const { linux, windows } = packages;
  return {
    linux: linux
      ? debLine(server, linux)
      : `sudo node /opt/mailpath-agent/mailpath-agent.cjs ${enrol(server)}`,
    windows: windows
      ? msiLine(server, windows)
      : `node 'C:\\Program Files\\mailpath-agent\\mailpath-agent.cjs' ${enrol(server)}`,
  };
}

interface Server {
  base: string;
  code: string;
  insecure: string;
}

function isUnencrypted(base: string): boolean {
  const { protocol, hostname } = new URL(base);
  return protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

const quoted = (text: string): string => (/^[\w:/.-]+$/.test(text) ? text : `'${text}'`);
const enrol = ({ base, code, insecure }: Server): string => `enrol ${quoted(base)} ${code}${insecure}`;

const debLine = (server: Server, { name, path, sha256 }: Download): string =>
  [
    `curl -fsS ${quoted(server.base + path)} -o /tmp/${name}`,
    `echo '${sha256}  /tmp/${name}' | sha256sum -c`,
    `sudo apt-get install -y /tmp/${name}`,
    `sudo mailpath-agent ${enrol(server)}`,
    'sudo systemctl restart mailpath-agent',
  ].join(' && ');

/** The installation enrols by itself, unless the API is not encrypted: that is no property of it. */
function msiLine(server: Server, { name, path, sha256 }: Download): string {
  const { base, code, insecure } = server;
  const properties = insecure === '' ? ` API="${base}" CODE=${code}` : '';
  const steps = [
    "[Net.ServicePointManager]::SecurityProtocol = 'Tls12'",
    `$f = "$env:TEMP\\${name}"`,
    `Invoke-WebRequest -UseBasicParsing '${base}${path}' -OutFile $f`,
    `if ((Get-FileHash $f).Hash -ne '${sha256}') { throw 'wrong checksum' }`,
    `$p = Start-Process msiexec -Wait -PassThru -ArgumentList ('/i "' + $f + '" /qn /norestart${properties}')`,
    'if ($p.ExitCode -notin 0, 3010) { throw "msiexec: $($p.ExitCode)" }',
  ];
  if (insecure !== '')
    steps.push(`& "$env:ProgramFiles\\Mailpath Agent\\mailpath-agent.exe" ${enrol(server)}`);
  return steps.join('; ');
}
