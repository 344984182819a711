import { say } from '../checklist/words/catalogue.ts';
import type { TenantOf } from '../checklist/words/en/authorize-url.ts';
import { shown, verdictsOn, type Judgement, type SiteSettings } from './setting.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The tenant of all personal Microsoft accounts. */
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';

/**
 * X3: whether a tenant that was seen is the site's. Ids decide; a domain is one of several names, so only the same one
 * does.
 */
export function judgeTenantIs(site: SiteSettings, seen: string, subject: string, of: TenantOf): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('X3', subject);
  const [own, other] = [site.tenant?.toLowerCase() ?? null, seen.toLowerCase()];
  if (other === PERSONAL) return broken(say('tenant.personal', of), say('tenant.work-account'), 'S24', 'S33');
  if (own === null) return cannotTell(say('tenant.missing', of, shown(seen)), say('tenant.enter'), 'S24');
  if (own === other) return holds(say('tenant.same', of), null, 'S24');
  if (GUID.test(own) && GUID.test(other))
    return broken(say('tenant.other', of, seen, own), say('tenant.which'), 'S24');
  return cannotTell(say('tenant.perhaps', of, shown(seen), shown(own)), say('tenant.enter-id'), 'S24');
}
