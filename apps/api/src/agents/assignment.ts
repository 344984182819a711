import { createHash } from 'node:crypto';
import { standardTasks } from '@mailpath/checks';
import type { Assignment, Cloud, Endpoint, Role, StandardTarget, Task } from '@mailpath/protocol';

/** What of a site decides what its agents do. */
export interface AssignedSite {
  cloud: Cloud;
  targets: Partial<Record<StandardTarget, Endpoint>>;
  extraTargets: readonly {
    name: string;
    check: string;
    host: string;
    port: number;
    roles: readonly Role[];
  }[];
  everySeconds: number;
}

const CHECK_DEADLINE_MS = 10_000;
const ROUND_DEADLINE_MS = 15_000;

/** The checks of the checklist at the site's targets (S52 to S60), then the targets it added for these roles (S51, S55). */
export function tasksFor(site: AssignedSite, roles: readonly Role[]): Task[] {
  const extra = site.extraTargets
    .filter((target) => target.roles.some((role) => roles.includes(role)))
    .map(({ check, name, host, port }) => ({ check, target: { name, host, port } }));
  return [...standardTasks(site.cloud, site.targets), ...extra];
}

/** Deadlines of a round that must be over before the next begins. */
export function deadlines(everySeconds: number): { checkDeadlineMs: number; roundDeadlineMs: number } {
  const roundDeadlineMs = Math.min(ROUND_DEADLINE_MS, everySeconds * 1000 - 1000);
  return { checkDeadlineMs: Math.min(CHECK_DEADLINE_MS, roundDeadlineMs), roundDeadlineMs };
}

/** What the agent of a server with these roles does until told otherwise. */
export function assignmentFor(site: AssignedSite, roles: readonly Role[]): Assignment {
  const content = {
    everySeconds: site.everySeconds,
    ...deadlines(site.everySeconds),
    tasks: tasksFor(site, roles),
  };
  const revision = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  return { revision, ...content };
}
