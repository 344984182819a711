import { z } from 'zod';

/** What a file beside the API is, by the end of its name: for which system, and as what a browser is told. */
const KINDS = [
  { end: '.msi', platform: 'windows', type: 'application/x-msi' },
  { end: '.exe', platform: 'windows', type: 'application/vnd.microsoft.portable-executable' },
  { end: '.ps1', platform: 'windows', type: 'text/plain; charset=utf-8' },
  { end: '.deb', platform: 'linux', type: 'application/vnd.debian.binary-package' },
  { end: '.rpm', platform: 'linux', type: 'application/x-rpm' },
  { end: '.cjs', platform: 'any', type: 'text/javascript; charset=utf-8' },
  { end: '.txt', platform: 'any', type: 'text/plain; charset=utf-8' },
  { end: '.json', platform: 'any', type: 'application/json' },
  { end: '.pem', platform: 'any', type: 'application/x-pem-file' },
  { end: '.zip', platform: 'any', type: 'application/zip' },
  { end: '.gz', platform: 'any', type: 'application/gzip' },
  // The Linux program has no end at all.
  { end: 'mailpath-agent', platform: 'linux', type: 'application/octet-stream' },
] as const;

/** One name without a folder in it, and none that is hidden. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** What it is; null for what is handed out to nobody. */
export const kindOf = (name: string): (typeof KINDS)[number] | null =>
  NAME.test(name) ? (KINDS.find(({ end }) => name.endsWith(end)) ?? null) : null;

export const Download = z
  .object({
    name: z.string(),
    /** Where to fetch it, below the API's address. */
    path: z.string(),
    platform: z.enum(['windows', 'linux', 'any']),
    contentType: z.string(),
    bytes: z.int(),
    /** SHA-256 of its bytes, hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    modifiedAt: z.iso.datetime(),
  })
  .meta({ id: 'Download' });
export type Download = z.infer<typeof Download>;

export const DownloadList = z.object({ items: z.array(Download) }).meta({ id: 'DownloadList' });
export type DownloadList = z.infer<typeof DownloadList>;
