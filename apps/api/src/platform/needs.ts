/** What a caller may do at a site, or everywhere: each includes the ones before it. */
export const ROLES = ['viewer', 'operator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** What an operation asks of its caller: a role, a sign-in as whoever, or nothing. */
export type Needs = Role | 'signed-in' | 'anyone';

export const includes = (role: Role | null, needed: Role): boolean =>
  role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
