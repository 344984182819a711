import { CLOUD_TARGETS } from '@mailpath/protocol';
import { distinct } from './look.ts';

const MICROSOFTS: readonly string[] = distinct(
  Object.values(CLOUD_TARGETS).flatMap((each) => Object.values(each)),
).map(({ host }) => host);

/** Whether a host is one of the standard targets, in any cloud, and not a site's own. */
export const isMicrosofts = (host: string): boolean => MICROSOFTS.includes(host);

/** Domains that Microsoft's hosts lead to, in all clouds (Microsoft: Office 365 URLs and IP address ranges). */
const DOMAINS: readonly string[] = [
  'microsoft.com',
  'cloud.microsoft',
  'microsoft365.com',
  'microsoftonline.com',
  'microsoftonline.us',
  'microsoftonline.cn',
  'microsoftazuread-sso.com',
  'office.com',
  'office.net',
  'office365.com',
  'office365.us',
  'office365.cn',
  'outlook.com',
  'outlook.cn',
  'live.com',
  'windows.net',
  'chinacloudapi.cn',
  'usgovcloudapi.net',
  'sovcloud-identity.fr',
  'sovcloud-identity.de',
  'sovcloud-identity.sg',
  'apps.mil',
];

/** Whether a host is under one of Microsoft's domains, whatever it is for. */
export function isUnderMicrosofts(host: string): boolean {
  const name = host.toLowerCase();
  return DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`)) || isMicrosofts(name);
}
