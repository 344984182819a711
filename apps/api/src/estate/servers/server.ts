import { AgentState, Roles } from '@mailpath/protocol';
import { z } from 'zod';
import { Machine } from '../connections/machine.ts';
import { AgentLine } from './agent-line.ts';
import { ApprovedBy } from './approval.ts';
import { NotLent } from './lendee.ts';
import { pageOf } from '../../platform/page.ts';
import { serverNameForm } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const name = said(serverNameForm());

/** What people call the machine; most take its host name. It need not resolve. */
const ServerName = z.string().regex(/^(?=.{1,100}$)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, name);

/** Body of `POST /v1/sites/{siteId}/servers`. */
export const ServerCreation = z
  .strictObject({ name: ServerName, roles: Roles })
  .meta({ id: 'ServerCreation' });
export type ServerCreation = z.infer<typeof ServerCreation>;

/** Body of `PATCH /v1/sites/{siteId}/servers/{serverId}`: what is left out stays. */
export const ServerChange = ServerCreation.partial().meta({ id: 'ServerChange' });
export type ServerChange = z.infer<typeof ServerChange>;

/** What a change can set: the version of a server is made of these. */
export const SERVER_FIELDS = Object.keys(ServerChange.shape);

/** The agent that may speak for a server now. */
export const ServerAgent = z
  .object({
    id: z.uuid(),
    state: AgentState,
    enrolledAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable(),
    version: z.string(),
    hostName: z.string(),
    platform: z.string(),
    nodeVersion: z.string(),
    /** Of its public key; compare it with what `mailpath-agent status` shows on the machine. */
    keyFingerprint: z.string(),
    /** `waiting`: it is lent no secret before an administrator confirms it. */
    approval: z.enum(['approved', 'waiting']),
    approvedAt: z.iso.datetime().nullable(),
    /** `upgrade`: by an earlier version, which did not note who confirmed it. Null while it waits. */
    approvedBy: ApprovedBy.nullable(),
    /** Why it gets no order that lends a secret; null when nothing stands against it. */
    lentNothing: NotLent.nullable(),
    /** How many seconds the clock of its machine is ahead of the API's (negative: behind), by what it sent last. */
    clockAheadSeconds: z.int().nullable(),
    /** Where two machines are known to have its key: neither joins until that is settled. Null for all others. */
    quarantine: z
      .object({
        since: z.iso.datetime(),
        machines: z.array(Machine),
        /** Of the machine that was said to be the original, and now gets a new key; null while nobody has. */
        originalBoot: z.uuid().nullable(),
      })
      .meta({ id: 'Quarantine' })
      .nullable(),
    /** Why it reports by HTTPS, so that no order reaches it; null while it does not. */
    line: AgentLine.nullable(),
    /** The version of the protocol that it speaks; null while it is not connected. */
    protocol: z.int().nullable(),
  })
  .meta({ id: 'ServerAgent' });
export type ServerAgent = z.infer<typeof ServerAgent>;

export const Server = z
  .object({
    id: z.uuid(),
    siteId: z.uuid(),
    name: z.string(),
    roles: Roles,
    /** Null until an agent is enrolled. */
    agent: ServerAgent.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Server' });
export type Server = z.infer<typeof Server>;

export const ServerPage = pageOf('ServerPage', Server);
