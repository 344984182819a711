import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the whole repository; the folders of src and dist are equally deep. */
const MANIFEST = join(import.meta.dirname, '../../../../../package.json');

/** npm's word for a licence that has not been given. */
const NONE = 'UNLICENSED';

/** Under which licence Mailpath stands, which package.json alone decides, as OpenAPI names one. */
export function licence(): { name: string; identifier: string } {
  const { license } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { license: string };
  if (license !== NONE) return { name: license, identifier: license };
  return {
    name: `${NONE}: all rights reserved by the owner of this installation`,
    identifier: `LicenseRef-${NONE}`,
  };
}
