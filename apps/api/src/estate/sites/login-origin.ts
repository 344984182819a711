import { CLOUD_TARGETS } from '@mailpath/protocol';
import type { Site } from './site.ts';

/** Scheme, host and port of the site's sign-in host. */
export function loginOrigin(site: Pick<Site, 'cloud' | 'targets'>): string {
  const { host, port } = site.targets.login ?? CLOUD_TARGETS[site.cloud].login;
  return new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`).origin;
}
