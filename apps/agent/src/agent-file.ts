import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { KeyObject } from 'node:crypto';
import { type Bilingual, PublicKey, Roles } from '@mailpath/protocol';
import { z } from 'zod';
import { agentKeyFromPem, agentKeyToPem } from './agent-key.ts';
import { readAllowEntry } from './allow.ts';
import { CALLED } from './called-as.ts';
import { CannotRun } from './cannot-run.ts';
import { restrictAccess } from './folder-access.ts';
import { textOf } from './log.ts';
import { Policy } from './policy.ts';
import { checkProxySetting } from './proxy.ts';
import { quoted } from './quoted.ts';
import { fileFault } from './file-fault.ts';
import { shellText } from './shell-text.ts';

const AllowEntry = z.string().superRefine((text, context) => {
  try {
    readAllowEntry(text);
  } catch (error) {
    // The reader's message is made for people; here it becomes an issue with the entry's place in the file.
    context.addIssue({ code: 'custom', message: `"${text}": ${textOf(error)}` });
  }
});

const ProxySetting = z.string().superRefine((text, context) => {
  try {
    checkProxySetting(text);
  } catch (error) {
    // As above, but without the text: it may hold a password.
    context.addIssue({ code: 'custom', message: textOf(error) });
  }
});

export const UpgradePermit = z.strictObject({
  from: z.literal('api'),
  keys: z.array(PublicKey).min(1).max(2),
  /** A new build goes back to the one before unless it joins and has a round acknowledged in this time. */
  proveWithinSeconds: z.int().min(1).max(600).optional(),
});

/**
 * agent.json: who this agent is, and what its machine's administrator lets it reach. Nothing in it is secret, unless
 * `proxy` holds a password.
 */
export const AgentFile = z.strictObject({
  apiUrl: z.url(),
  agentId: z.uuid(),
  siteId: z.uuid(),
  siteName: z.string(),
  serverId: z.uuid(),
  serverName: z.string(),
  roles: Roles,
  allow: z.array(AllowEntry).default([]),
  /** Further limits of this server: inside networks, pace, checks at once. */
  policy: Policy.optional(),
  /** Addresses to use for a name (lower case) instead of looking it up. */
  resolve: z
    .record(z.string().regex(/^[a-z0-9._-]{1,253}$/), z.array(z.union([z.ipv4(), z.ipv6()])).min(1))
    .default({}),
  /**
   * Lets the API offer newer builds, as long as one of these keys (Ed25519, 32 bytes in base64url) has signed them: one
   * in use, and one in a safe. Without it nothing upgrades the agent but a package.
   */
  upgrade: UpgradePermit.optional(),
  /** The proxy for the web checks, a URL or `env`; without it they go directly. */
  proxy: ProxySetting.optional(),
  /**
   * Truststores of Java, such as ECE's `cacerts` (JKS or PKCS #12), or files with the output of `keytool -list` of
   * them: each chain is held against them, and nothing is decided by them. `password` where it is not Java's
   * `changeit`.
   */
  javaStores: z
    .array(z.strictObject({ path: z.string().min(1), password: z.string().optional() }))
    .max(8)
    .optional(),
});
export type AgentFile = z.infer<typeof AgentFile>;

export const agentFilePath = (stateDir: string): string => path.join(stateDir, 'agent.json');
export const keyPath = (stateDir: string): string => path.join(stateDir, 'agent-key.pem');

export function isEnrolled(stateDir: string): boolean {
  return existsSync(agentFilePath(stateDir));
}

/** Reads agent.json, or refuses with one line that says what to do. */
export function readAgentFile(stateDir: string): AgentFile {
  const file = agentFilePath(stateDir);
  const text = readOrRefuse(
    file,
    notEnrolled(file, `${CALLED} enrol <url> <code> --state ${quoted(stateDir)}`),
  );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CannotRun(
      {
        en: `${file} is not JSON: fix it, or enrol again with --replace`,
        ja: `${file} は JSON ではありません。修正するか、--replace を付けて再登録してください`,
      },
      { cause: error },
    );
  }
  const parsed = AgentFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const why = `${file}: ${issue?.path.join('.') || 'content'}: ${issue?.message ?? 'not as expected'}`;
  throw new CannotRun({ en: why, ja: why });
}

const notEnrolled = (file: string, command: string): Bilingual => ({
  en: `not enrolled: there is no ${file}; run: ${command}`,
  ja: `登録されていません。${file} がありません。次を実行してください: ${command}`,
});

export function readAgentKey(stateDir: string): KeyObject {
  const file = keyPath(stateDir);
  const pem = readOrRefuse(file, {
    en: `there is no ${file}: enrol again with --replace`,
    ja: `${file} がありません。--replace を付けて再登録してください`,
  });
  try {
    return agentKeyFromPem(pem);
  } catch (error) {
    throw new CannotRun(
      {
        en: `${file} is not an Ed25519 key: enrol again with --replace`,
        ja: `${file} は Ed25519 の鍵ではありません。--replace を付けて再登録してください`,
      },
      { cause: error },
    );
  }
}

function readOrRefuse(file: string, whenMissing: Bilingual): string {
  try {
    return shellText(readFileSync(file));
  } catch (error) {
    const why = fileFault(error);
    throw new CannotRun(
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? whenMissing
        : {
            en: `${file} cannot be read, ${why.en}: run this as the account that runs the agent`,
            ja: `${file} を読み取れません: ${why.ja}。エージェントを実行しているアカウントで実行してください`,
          },
      { cause: error },
    );
  }
}

/** A key on disk that is not yet the agent's: it becomes so by `commit`, and is gone after `discard`. */
export interface PendingIdentity {
  commit(file: AgentFile): void;
  discard(): void;
}

/**
 * Writes the key under a temporary name before the code is spent, so that a folder that cannot be written costs no
 * code.
 * `commit` puts key and agent.json in place, agent.json last: without it nothing counts as enrolled.
 */
export function prepareIdentity(stateDir: string, key: KeyObject): PendingIdentity {
  const pendingKey = `${keyPath(stateDir)}.${process.pid}.new`;
  const pendingFile = `${agentFilePath(stateDir)}.${process.pid}.new`;
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    restrictAccess(stateDir);
    write(pendingKey, agentKeyToPem(key), stateDir);
  } catch (error) {
    if (existsSync(pendingKey)) rmSync(pendingKey);
    throw error instanceof CannotRun ? error : notWritable(stateDir, error);
  }
  return {
    commit(file) {
      try {
        write(pendingFile, `${JSON.stringify(file, null, 2)}\n`, stateDir);
        renameSync(pendingKey, keyPath(stateDir));
        renameSync(pendingFile, agentFilePath(stateDir));
      } catch (error) {
        throw notWritable(stateDir, error, {
          en: '; the code is used up, create another',
          ja: '。コードは使用済みです。新しいコードを作成してください',
        });
      }
    },
    discard() {
      rmSync(pendingKey, { force: true });
      rmSync(pendingFile, { force: true });
    },
  };
}

function notWritable(
  stateDir: string,
  error: unknown,
  consequence: Bilingual = { en: '', ja: '' },
): CannotRun {
  const why = fileFault(error);
  return new CannotRun(
    {
      en: `the state folder ${stateDir} cannot be written, ${why.en}: name another with --state, or run this as the account that owns it${consequence.en}`,
      ja: `状態フォルダー ${stateDir} に書き込めません: ${why.ja}。--state で別のフォルダーを指定するか、所有者のアカウントで実行してください${consequence.ja}`,
    },
    { cause: error },
  );
}

/** flush: the file's content is on disk before its name is. Root gives it to the folder's owner, who runs the agent. */
export function write(file: string, content: string, stateDir: string): void {
  writeFileSync(file, content, { mode: 0o600, flag: 'wx', flush: true });
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(stateDir);
  chownSync(file, uid, gid);
}
