import { CLOUD_TARGETS } from '@mailpath/protocol';
import { distinct } from './look.ts';

const MICROSOFTS: readonly string[] = distinct(
  Object.values(CLOUD_TARGETS).flatMap((each) => Object.values(each)),
).map(({ host }) => host);

/** Whether a host is one of the standard targets, in any cloud, and not a site's own. */
export const isMicrosofts = (host: string): boolean => MICROSOFTS.includes(host);
