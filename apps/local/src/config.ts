import { existsSync } from 'node:fs';
import { Language } from '@mailpath/protocol';
import { z } from 'zod';

const LocalConfig = z.object({
  /** Folder for the database, the API key and the agent's state. */
  MAILPATH_HOME: z.string().min(1).default('.mailpath'),
  MAILPATH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Inside networks that targets may name: this machine's own, where the stand-in listens. */
  MAILPATH_ALLOW_NETWORKS: z.string().default('127.0.0.0/8, ::1/128'),
  /** The language of tables, findings and checklist. */
  MAILPATH_LANG: Language.default('en'),
});
export type LocalConfig = Readonly<z.infer<typeof LocalConfig>>;

/** Settings that lie in .env, as for the API; what the environment has already wins. */
export function readEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * The settings of `npm start`; throws one sentence per wrong variable. The rest of the environment goes on to the API.
 */
export function loadConfig(env = process.env): LocalConfig {
  const parsed = LocalConfig.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

/** The environment that a child process gets, with these variables set. */
export const childEnvironment = (extra: Record<string, string>, env = process.env): NodeJS.ProcessEnv => ({
  ...env,
  ...extra,
});
