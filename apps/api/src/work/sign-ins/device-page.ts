import { DEVICE_PAGES } from '@mailpath/protocol';
import type { Site } from '../../estate/sites/site.ts';
import { loginOrigin } from '../../estate/sites/login-origin.ts';

/**
 * Whether a person may be sent there to type a code: a page of Microsoft's for the site's cloud, or of the sign-in host
 * it is set to.
 */
export function isDevicePage(site: Pick<Site, 'cloud' | 'targets'>, address: string): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return false;
  const { pathname } = url;
  if (url.origin === loginOrigin(site) && pathname.endsWith('/oauth2/deviceauth')) return true;
  const page = `${url.origin}${pathname.endsWith('/') ? pathname.slice(0, -1) : pathname}`;
  return DEVICE_PAGES[site.cloud].includes(page);
}

/** What the sign-in ends with otherwise. */
export const notMicrosofts = (address: string): string =>
  `The agent named ${URL.parse(address)?.host ?? 'no address'} as the place to type the code, which is no page of Microsoft's for this site's cloud, so the code is not shown. Look after the server and its path to the sign-in host; then start the sign-in again.`;
