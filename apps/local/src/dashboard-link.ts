import { z } from 'zod';
import type { ApiClient } from './api-client.ts';

/** Whom the first start of an API makes. */
const LOCAL_USER = 'admin';

const Users = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const Link = z.object({ path: z.string() });

/**
 * The address at which the dashboard opens and signs the local user in, once. Where that user was ended, it is the
 * dashboard's own: the API key signs in there.
 */
export async function dashboardLink(api: ApiClient): Promise<string> {
  const { items } = await api.get('/v1/users?limit=500', Users);
  const user = items.find(({ name }) => name === LOCAL_USER);
  if (!user) return new URL('/', api.url).href;
  const { path } = await api.post(`/v1/users/${user.id}/links`, undefined, Link);
  return new URL(path, api.url).href;
}
