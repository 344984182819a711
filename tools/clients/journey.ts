import createClient from 'openapi-fetch';
import type { components, paths } from '../../node_modules/.cache/clients/schema.ts';

type Site = components['schemas']['Site'];

/** What a client of the types did and saw. */
export interface Journey {
  site: Site;
  renamed: Site;
  servers: string[];
  findings: number;
  refusal: { code: string; fields: string[] };
  stale: string | undefined;
  known: number;
}

/**
 * One way through a site as somebody automates it, written against the generated types alone: nothing is cast, so that
 * what the document leaves open or gets wrong does not compile.
 */
export async function journey(baseUrl: string, key: string): Promise<Journey> {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}` } });

  const made = await client.POST('/v1/sites', {
    params: { header: { 'Idempotency-Key': 'typed-client' } },
    body: { name: 'typed', inboundProtocol: 'imap', tenant: 'contoso.onmicrosoft.com' },
  });
  if (made.error) throw new Error(made.error.detail);
  const site = made.data;
  const path = { siteId: site.id };

  const read = await client.GET('/v1/sites/{siteId}', { params: { path } });
  const tag = read.response.headers.get('etag') ?? '';
  const renamed = await client.PATCH('/v1/sites/{siteId}', {
    params: { path, header: { 'If-Match': tag } },
    body: { name: 'typed again' },
  });
  if (renamed.error) throw new Error(renamed.error.detail);
  const stale = await client.PATCH('/v1/sites/{siteId}', {
    params: { path, header: { 'If-Match': tag } },
    body: { name: 'too late' },
  });

  for (const name of ['svc01', 'app01'] as const) {
    const roles: components['schemas']['ServerCreation']['roles'] =
      name === 'svc01' ? ['services'] : ['application'];
    await client.POST('/v1/sites/{siteId}/servers', { params: { path }, body: { name, roles } });
  }
  const servers = await client.GET('/v1/sites/{siteId}/servers', { params: { path, query: { limit: 10 } } });
  const findings = await client.GET('/v1/sites/{siteId}/findings', {
    params: { path, query: { state: 'open' }, header: { 'Accept-Language': 'ja' } },
  });
  const refused = await client.POST('/v1/sites', { body: { name: '' } });
  const known = await client.GET('/v1/sites', {
    params: {
      header: { 'If-None-Match': (await client.GET('/v1/sites')).response.headers.get('etag') ?? '' },
    },
  });

  return {
    site,
    renamed: renamed.data,
    servers: (servers.data?.items ?? []).map(({ name }) => name).toSorted(),
    findings: (findings.data?.items ?? []).length,
    refusal: {
      code: refused.error?.code ?? 'none',
      fields: (refused.error?.errors ?? []).map(({ field }) => field),
    },
    stale: stale.error?.code,
    known: known.response.status,
  };
}
