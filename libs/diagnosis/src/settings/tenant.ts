import type { SettingVerdict } from '@mailpath/protocol';
import { shown, verdictsOn, type SiteSettings } from './setting.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The tenant of all personal Microsoft accounts. */
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** X3: whether a tenant that was seen is the site's. Ids decide; a domain is one of several names, so only the same one does. */
export function judgeTenantIs(
  site: SiteSettings,
  seen: string,
  subject: string,
  what: string,
): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('X3', subject);
  const [own, other] = [site.tenant?.toLowerCase() ?? null, seen.toLowerCase()];
  if (other === PERSONAL)
    return broken(
      `${what} is of a personal Microsoft account, not of a tenant.`,
      'Sign in with the work account of the mailbox.',
      'S24',
      'S33',
    );
  if (own === null)
    return cannotTell(
      `${what} is of the tenant ${shown(seen)}, and none is entered here.`,
      'Compare it with the tenant in Entra, and enter it.',
      'S24',
    );
  if (own === other) return holds(`${what} is of the site's tenant.`, null, 'S24');
  if (GUID.test(own) && GUID.test(other))
    return broken(
      `${what} is of the tenant ${seen}, and the site's is ${site.tenant}.`,
      'See in Entra which tenant holds application and mailboxes, and correct the other place.',
      'S24',
    );
  return cannotTell(
    `${what} is of the tenant ${shown(seen)}, and ${shown(own)} is entered here; a name and an id, or two names, may mean the same.`,
    "Enter the tenant's id (Entra: Overview, Tenant ID).",
    'S24',
  );
}
