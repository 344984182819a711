import { useSession } from '../api/queries.ts';
import type { Role } from '../api/types.ts';

const RANK: Record<Role, number> = { viewer: 0, operator: 1, administrator: 2 };

/** Whether who is signed in may do, at this site, what needs that role; true until it is known, as the API decides. */
export function useMay(siteId: string, needed: Role): boolean {
  const { data } = useSession();
  if (!data) return true;
  const role = data.role ?? data.sites.find((each) => each.siteId === siteId)?.role ?? 'viewer';
  return RANK[role] >= RANK[needed];
}
