import { existsSync } from 'node:fs';
import { readNetworks } from '@mailpath/checks';
import { withoutTrailing } from '@mailpath/protocol';
import { z } from 'zod';
import { isNetwork } from './caller-address.ts';
import { missingOfOpenId, OPENID_SETTINGS } from './openid-settings.ts';
import { fromFiles, withPassword } from './settings-from-files.ts';
import { unlessEmpty } from './unless-empty.ts';

/** A key as Mailpath makes it: `mpk_` and 32 random bytes in base64url. */
export const API_KEY_FORMAT = /^mpk_[A-Za-z0-9_-]{43}$/;

const postgresUrl =
  'write a Postgres address, such as postgresql://user:password@db.example.com:5432/mailpath';
const postgresEscapes =
  'write % in a user, password or name as %25, and other marks of a URL as their escapes';
const port = 'write a port from 1 to 65535, or 0 for any free one';
const secretKey =
  'write 32 random bytes as base64, such as openssl rand -base64 32 prints, or leave it out and use the file that the first start makes';
const publicUrl =
  'write the address at which browsers reach Mailpath, such as https://mailpath.example.com: https, or http for localhost alone, without user name, query or fragment';
const proxies =
  'write the addresses of your reverse proxies, or networks of them, with commas between, such as 127.0.0.1, 10.0.0.0/8';
const networks =
  'write the inside networks that targets may lie in, as CIDR with commas between, such as 10.20.0.0/16, fd00:1234::/48';
const retention = 'write a number of days from 1 to 3650';
const perMinute = 'write a number of requests from 60 to 1000000';
const key =
  'write mpk_ and 43 letters, digits, - or _, or leave it out and use the key that the first start prints';

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function canRead(network: string): boolean {
  try {
    readNetworks([network]);
    return true;
  } catch {
    // The setting's own message says how to write all of them.
    return false;
  }
}

/** Entra takes a redirect URI with http for localhost alone. */
function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const secure = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  return secure && [username, password, search, hash].every((part) => part === '');
}

const days = (byDefault: number) =>
  unlessEmpty(
    z
      .string()
      .regex(/^\d{1,4}$/, retention)
      .transform(Number)
      .refine((value) => value >= 1 && value <= 3650, retention)
      .default(byDefault),
  );

/** Every setting of the API. `.env.example` explains them to the person who sets them. */
export const ApiConfig = z.object({
  DATABASE_URL: unlessEmpty(
    z
      .url({ protocol: /^postgres(ql)?$/, error: postgresUrl })
      .refine((url) => !/%(?![0-9a-f]{2})/i.test(url), postgresEscapes)
      .optional(),
  ),
  MAILPATH_HOME: unlessEmpty(z.string().default('.mailpath')),
  MAILPATH_HOST: unlessEmpty(z.string().default('127.0.0.1')),
  MAILPATH_PORT: unlessEmpty(
    z
      .string()
      .regex(/^\d{1,5}$/, port)
      .transform(Number)
      .refine((value) => value <= 65_535, port)
      .default(8025),
  ),
  MAILPATH_PUBLIC_URL: unlessEmpty(
    z
      .string()
      .max(200, publicUrl)
      .refine(isPublicUrl, publicUrl)
      .transform((url) => withoutTrailing('/', url))
      .optional(),
  ),
  MAILPATH_TRUSTED_PROXIES: unlessEmpty(
    z
      .string()
      .max(2_000, proxies)
      .default('')
      .transform(listed)
      .refine((all) => all.every(isNetwork), proxies),
  ),
  MAILPATH_ALLOW_NETWORKS: unlessEmpty(
    z
      .string()
      .max(2_000, networks)
      .default('')
      .transform(listed)
      .refine((all) => all.every(canRead), networks),
  ),
  MAILPATH_SECRET_KEY: unlessEmpty(
    z
      .string()
      .regex(/^[A-Za-z0-9+/_-]{43}=?$/, secretKey)
      .transform((text) => Buffer.from(text, 'base64'))
      .optional(),
  ),
  MAILPATH_INITIAL_API_KEY: unlessEmpty(z.string().regex(API_KEY_FORMAT, key).optional()),
  ...OPENID_SETTINGS,
  MAILPATH_RETENTION_DAYS: days(90),
  MAILPATH_HOUR_ROLL_UPS_DAYS: days(730),
  MAILPATH_DAY_ROLL_UPS_DAYS: days(3650),
  MAILPATH_REQUESTS_PER_MINUTE: unlessEmpty(
    z
      .string()
      .regex(/^\d{1,7}$/, perMinute)
      .transform(Number)
      .refine((requests) => requests >= 60 && requests <= 1_000_000, perMinute)
      .default(1_200),
  ),
  MAILPATH_DASHBOARD: unlessEmpty(z.string().optional()),
  MAILPATH_DOWNLOADS: unlessEmpty(z.string().optional()),
  MAILPATH_LOG_LEVEL: unlessEmpty(
    z
      .enum(['error', 'warn', 'info', 'debug'], { error: 'write one of error, warn, info, debug' })
      .default('info'),
  ),
});
export type ApiConfig = Readonly<z.infer<typeof ApiConfig>>;

/** The name under which Nest hands out the configuration. */
export const CONFIG = Symbol('ApiConfig');

/** What is wrong with the settings, one line for each of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings, or throws one ConfigError that lists everything wrong with them. Values are never repeated: some
 * are secret.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): ApiConfig {
  const { settings, problems } = fromFiles(env);
  const parsed = ApiConfig.safeParse(joined(settings, problems));
  for (const issue of parsed.error?.issues ?? []) problems.push(`${issue.path.join('.')}: ${issue.message}`);
  if (parsed.success) problems.push(...missingOfOpenId(parsed.data));
  if (parsed.success && problems.length === 0) return Object.freeze(parsed.data);
  throw new ConfigError(`These settings cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
}

/** The settings with the password of Postgres in its address. */
function joined(settings: NodeJS.ProcessEnv, problems: string[]): NodeJS.ProcessEnv {
  const { DATABASE_URL: url = '', DATABASE_PASSWORD: password = '' } = settings;
  if (password === '') return settings;
  const whole = URL.canParse(url) ? withPassword(url, password) : null;
  if (!URL.canParse(url))
    problems.push('DATABASE_PASSWORD: write DATABASE_URL as well, the address that it is the password of');
  else if (whole === null)
    problems.push('DATABASE_PASSWORD: DATABASE_URL has a password already, write one of the two');
  return { ...settings, DATABASE_URL: whole ?? url };
}

/** Takes settings from `.env` in the current folder, where there is one; a variable that is set already wins. */
export function readEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
