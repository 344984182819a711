import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';

const CLIENTS = join(import.meta.dirname, '../tools/clients');
const at = (file: string): string => pathToFileURL(join(CLIENTS, file)).href;

describe('a client that is generated from the document', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  it('compiles under strict rules, and does what it says against the API', async () => {
    const { generateTypes } = (await import(at('typed.mjs'))) as { generateTypes: () => Promise<void> };
    await generateTypes();
    const tsc = join(import.meta.dirname, '../node_modules/@typescript/native/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', CLIENTS], { encoding: 'utf8', stdio: 'pipe' });

    const { journey } = (await import(at('journey.ts'))) as {
      journey: (url: string, key: string) => Promise<unknown>;
    };
    expect(await journey(api.url, api.apiKey)).toMatchObject({
      site: { name: 'typed', inboundProtocol: 'imap', tenant: 'contoso.onmicrosoft.com', cloud: 'worldwide' },
      renamed: { name: 'typed again' },
      servers: ['app01', 'svc01'],
      findings: 0,
      refusal: { code: 'validation', fields: ['name'] },
      stale: 'precondition-failed',
      known: 304,
    });
  });
});
