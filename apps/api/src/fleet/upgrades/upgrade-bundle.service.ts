import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { BundleManifest, type BundleStatement, readStatement } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { invalidField } from '../../platform/errors.ts';
import { DownloadsService } from '../downloads/downloads.service.ts';
import { bundleOfAnother, manifestExpired, noBundle, noManifest, notAManifest } from '../field-refusals.ts';

/** A bundle that lies in /downloads, with what its maker says of it. */
export interface OfferedBundle {
  manifest: BundleManifest;
  statement: BundleStatement;
  path: string;
}

const MAX_MANIFEST_BYTES = 16 * 1024;

/** Finds bundles. Who signed one only the agents judge: the key that they trust is none of the API's. */
@Injectable()
export class UpgradeBundles {
  constructor(
    private readonly downloads: DownloadsService,
    private readonly clock: Clock,
  ) {}

  /** Throws validation where a file is missing, is no manifest, or is not what the manifest is of. */
  async find(bundle: string, manifestName: string): Promise<OfferedBundle> {
    const [code, beside] = await Promise.all([
      this.downloads.find(bundle),
      this.downloads.find(manifestName),
    ]);
    if (!code) throw invalidField('bundle', noBundle({ name: bundle }));
    if (!beside || beside.bytes > MAX_MANIFEST_BYTES)
      throw invalidField('manifest', noManifest({ name: manifestName }));
    const { manifest, statement } = await this.#read(manifestName);
    if (statement.sha256 !== code.sha256 || statement.bytes !== code.bytes)
      throw invalidField('bundle', bundleOfAnother({ bundle, manifest: manifestName }));
    if (Date.parse(statement.expiresAt) <= this.clock.now().getTime())
      throw invalidField('manifest', manifestExpired({ name: manifestName, at: statement.expiresAt }));
    return { manifest, statement, path: code.path };
  }

  async #read(name: string): Promise<Pick<OfferedBundle, 'manifest' | 'statement'>> {
    try {
      const manifest = BundleManifest.parse(JSON.parse(await readFile(this.downloads.pathOf(name), 'utf8')));
      return { manifest, statement: readStatement(manifest) };
    } catch (error) {
      throw invalidField('manifest', notAManifest({ name, reason: (error as Error).name }));
    }
  }
}
