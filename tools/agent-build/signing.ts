import { renameSync } from 'node:fs';
import { run } from './debian-tool.ts';

export interface SigningKey {
  certificate: string;
  key: string;
  /** The time-stamp server (RFC 3161); without one a signature ends with its certificate. */
  timestamp?: string | undefined;
}

/** What the environment gives for signing; null for an unsigned build. */
export function signingKey(
  // oxlint-disable-next-line node/no-process-env
  env: NodeJS.ProcessEnv = process.env,
): SigningKey | null {
  const { MAILPATH_SIGN_CERT: certificate, MAILPATH_SIGN_KEY: key, MAILPATH_SIGN_TIMESTAMP: timestamp } = env;
  if (!certificate && !key) return null;
  if (!certificate || !key)
    throw new Error(
      'MAILPATH_SIGN_CERT and MAILPATH_SIGN_KEY belong together: set both to PEM files, or none',
    );
  return { certificate, key, timestamp };
}

/** Puts an Authenticode signature on an .exe or .msi where a certificate is given. */
export function sign(file: string, given: SigningKey | null = signingKey()): string {
  if (!given) return file;
  const signed = `${file}.signed`;
  const { certificate, key, timestamp } = given;
  const words = ['sign', '-certs', certificate, '-key', key, '-h', 'sha256', '-n', 'Mailpath Agent'];
  if (timestamp) words.push('-ts', timestamp);
  run('osslsigncode', [...words, '-in', file, '-out', signed]);
  renameSync(signed, file);
  return file;
}
