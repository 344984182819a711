import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import { type Download, kindOf } from './download.ts';

/** Where `npm run build:agent` puts it; apps/api/src and apps/api/dist are equally deep. */
const BUILT = join(import.meta.dirname, '../../../../../dist/agent');

/** The folder of what an administrator installs: whatever lies there now, whoever put it there. */
@Injectable()
export class DownloadsService {
  readonly #folder: string;
  /** By name, the digest of the file as it was when it was read. */
  readonly #digests = new Map<string, { version: string; sha256: Promise<string> }>();

  constructor(@Inject(CONFIG) config: ApiConfig) {
    this.#folder = resolve(config.MAILPATH_DOWNLOADS ?? BUILT);
  }

  /** By name; empty where there is no folder. */
  async list(): Promise<Download[]> {
    const names = await readdir(this.#folder).catch(ifMissing([]));
    const found = await Promise.all(names.toSorted(inOrder).map((name) => this.find(name)));
    return found.filter((download) => download !== null);
  }

  /** Null for what is not there, and for anything but a plain file of a known kind that lies in the folder itself. */
  async find(name: string): Promise<Download | null> {
    const kind = kindOf(name);
    const stats = kind && (await lstat(this.pathOf(name)).catch(ifMissing(null)));
    // A link could lead to anything that this process may read.
    if (!kind || !stats?.isFile()) return null;
    return {
      name,
      path: `/downloads/${name}`,
      platform: kind.platform,
      contentType: kind.type,
      bytes: stats.size,
      sha256: await this.#digest(name, stats),
      modifiedAt: stats.mtime.toISOString(),
    };
  }

  pathOf(name: string): string {
    return join(this.#folder, name);
  }

  /** Read once, and again when the file has become another. */
  #digest(name: string, { ino, size, mtimeMs }: Stats): Promise<string> {
    const version = `${ino}.${size}.${mtimeMs}`;
    const known = this.#digests.get(name);
    if (known?.version === version) return known.sha256;
    const sha256 = digestOf(this.pathOf(name));
    this.#digests.set(name, { version, sha256 });
    // What could not be read is tried again the next time.
    sha256.catch(() => this.#digests.delete(name));
    return sha256;
  }
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : 1);

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const ifMissing =
  <T>(instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return instead;
    throw error;
  };
