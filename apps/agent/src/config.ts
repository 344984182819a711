import path from 'node:path';
import { z } from 'zod';

/** An empty variable counts as not set, as shells and service managers mean it. */
const word = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

const Environment = z.object({
  MAILPATH_AGENT_HOME: word,
  XDG_STATE_HOME: word,
  HOME: word,
  ProgramData: word,
  SystemRoot: word,
  HTTPS_PROXY: word,
  https_proxy: word,
  ALL_PROXY: word,
  all_proxy: word,
  NO_PROXY: word,
  no_proxy: word,
});

export interface Machine {
  platform: NodeJS.Platform;
  /** True for uid 0; always false on Windows. */
  root: boolean;
}

export interface AgentConfig {
  /** The state folder when the command line names none. */
  readonly stateDir: string;
  /** Where Windows itself is. */
  readonly systemRoot: string;
  /** The proxy that the surroundings name, which counts only where it was asked for (`env`). */
  readonly proxy: ProxyEnvironment;
}

export interface ProxyEnvironment {
  /** As it was written, credentials included; null for none. */
  readonly url: string | null;
  /** The hosts to reach without it, as they were written. */
  readonly noProxy: string;
}

/** What the surroundings say, with the defaults of each platform. */
export function loadConfig(
  env: NodeJS.ProcessEnv = process.env,
  machine: Machine = { platform: process.platform, root: process.getuid?.() === 0 },
): AgentConfig {
  const given = Environment.parse(env);
  return Object.freeze({
    stateDir: given.MAILPATH_AGENT_HOME ?? defaultStateDir(given, machine),
    systemRoot: given.SystemRoot ?? 'C:\\Windows',
    proxy: {
      url: given.HTTPS_PROXY ?? given.https_proxy ?? given.ALL_PROXY ?? given.all_proxy ?? null,
      noProxy: given.NO_PROXY ?? given.no_proxy ?? '',
    },
  });
}

function defaultStateDir(given: z.infer<typeof Environment>, machine: Machine): string {
  if (machine.platform === 'win32') {
    return path.win32.join(given.ProgramData ?? 'C:\\ProgramData', 'mailpath-agent');
  }
  if (machine.root) return '/var/lib/mailpath-agent';
  // A relative XDG_STATE_HOME is invalid and is to be ignored (XDG Base Directory Specification).
  const state =
    given.XDG_STATE_HOME !== undefined && path.isAbsolute(given.XDG_STATE_HOME)
      ? given.XDG_STATE_HOME
      : path.join(given.HOME ?? '/var/lib', '.local/state');
  return path.join(state, 'mailpath-agent');
}

/** The environment as it is, for what is read before anything is set. */
export const environment = (): NodeJS.ProcessEnv => process.env;
