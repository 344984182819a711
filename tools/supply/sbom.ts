// `npm run sbom`: what the repository brings, as CycloneDX 1.6 (ECMA-424), in dist/sbom.cdx.json or the file given.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { idOf, lockedPackages, type Manifest, manifest, type Package, ROOT } from './lock.ts';

const purl = ({ name, version }: { name: string; version: string }): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** SHA-512 in hexadecimal digits, as CycloneDX wants it; npm writes base64. */
function hashes(integrity: string | undefined): { alg: string; content: string }[] {
  const [, digest] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  return digest === undefined
    ? []
    : [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }];
}

/** Without a time or a serial number: the same lock file gives the same document. */
export function bom(root: Manifest, packages: readonly Package[]) {
  const byId = new Map(packages.map((each) => [idOf(each), each]));
  const rootRef = purl(root);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': rootRef,
        name: root.name,
        version: root.version,
        purl: rootRef,
      },
    },
    components: packages.map((each) => ({
      type: 'library',
      'bom-ref': purl(each),
      name: each.name,
      version: each.version,
      purl: purl(each),
      // What builds and tests use is no part of what runs.
      scope: each.isDev ? 'excluded' : each.isOptional ? 'optional' : 'required',
      ...(each.licence === '' ? {} : { licenses: [{ expression: each.licence }] }),
      hashes: hashes(each.integrity),
    })),
    dependencies: [
      { ref: rootRef, dependsOn: packages.map(purl) },
      ...packages.map((each) => ({
        ref: purl(each),
        dependsOn: [...new Set(each.needs)].flatMap((id) => {
          const needed = byId.get(id);
          return needed ? [purl(needed)] : [];
        }),
      })),
    ],
  };
}

if (import.meta.main) {
  const file = process.argv[2] ?? path.join(ROOT, 'dist/sbom.cdx.json');
  const packages = lockedPackages();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bom(manifest(), packages), null, 2)}\n`);
  console.log(`${path.relative(process.cwd(), file)}: ${packages.length} packages`);
}
