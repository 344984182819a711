import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

export const ROOT = path.join(import.meta.dirname, '../..');
export const CLIENTS = path.join(ROOT, 'node_modules/.cache/clients');

/** The types of openapi-typescript, from docs/openapi.json; journey.ts is compiled against them. */
export async function generateTypes() {
  const document = JSON.parse(readFileSync(path.join(ROOT, 'docs/openapi.json'), 'utf8'));
  mkdirSync(CLIENTS, { recursive: true });
  // What has a default may be left out of a request; the generator's own default calls it required.
  const types = await openapiTS(document, { defaultNonNullable: false });
  writeFileSync(path.join(CLIENTS, 'schema.ts'), astToString(types));
}
