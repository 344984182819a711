import type { Metafile } from 'esbuild';

export interface BundledPackage {
  folder: string;
  name: string;
  version: string;
  license?: string;
}
export function packagesIn(metafile: Metafile, root: string): BundledPackage[];
export function noticesOf(packages: readonly BundledPackage[], root: string): string;
