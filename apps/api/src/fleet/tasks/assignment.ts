import { createHash } from 'node:crypto';
import { standardTasks } from '@mailpath/checks';
import {
  type Assignment,
  Authorize,
  type Cloud,
  CLOUD_TARGETS,
  type Endpoint,
  type InboundProtocol,
  type Role,
  type StandardTarget,
  Target,
  type Task,
} from '@mailpath/protocol';
import { deadlines } from './deadlines.ts';
import { authorizeScope } from './mail-scopes.ts';

/** What of a site decides what its agents do. */
export interface AssignedSite {
  cloud: Cloud;
  targets: Partial<Record<StandardTarget | 'external-url', Endpoint>>;
  extraTargets: readonly {
    name: string;
    check: string;
    host: string;
    port: number;
    roles: readonly Role[];
  }[];
  everySeconds: number;
  inboundProtocol: InboundProtocol;
  externalUrl: string | null;
  redirectUri: string | null;
  tenant: string | null;
  clientId: string | null;
}

/**
 * The checks of the checklist at the site's targets (S52 to S60), those of its set-up once it is known (S16 to S25),
 * then the targets it added for these roles (S51, S55).
 */
export function tasksFor(site: AssignedSite, roles: readonly Role[]): Task[] {
  const extra = site.extraTargets
    .filter((target) => target.roles.some((role) => roles.includes(role)))
    .map(({ check, name, host, port }) => ({ check, target: { name, host, port } }));
  return [...standardTasks(site.cloud, site.targets), ...setUpTasks(site), ...extra];
}

/**
 * What the site entered is judged and not refused; whatever no task may hold would make an agent refuse the whole
 * assignment.
 */
function setUpTasks(site: AssignedSite): Task[] {
  return [...externalUrlTasks(site), ...redirectUriTasks(site)];
}

function externalUrlTasks({ externalUrl, targets }: AssignedSite): Task[] {
  if (externalUrl === null) return [];
  const { host, port } = targets['external-url'] ?? placeOf(new URL(externalUrl));
  const target = Target.safeParse({ name: 'external-url', host, port });
  return target.success ? [{ check: 'https.external-url', target: target.data }] : [];
}

const placeOf = ({ hostname, port, protocol }: URL): Endpoint => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port) || (protocol === 'http:' ? 80 : 443),
});

function redirectUriTasks(site: AssignedSite): Task[] {
  const { tenant, clientId, redirectUri } = site;
  const authorize = Authorize.safeParse({ tenant, clientId, redirectUri, scope: authorizeScope(site) });
  if (!authorize.success) return [];
  const { host, port } = site.targets.login ?? CLOUD_TARGETS[site.cloud].login;
  const target = { name: 'redirect-uri', host, port };
  return [{ check: 'https.redirect-uri', target, authorize: authorize.data }];
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
