import { z } from 'zod';
import { UpgradeHours } from './upgrade-hours.ts';
import { downloadName } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

export const UPGRADE_STATES = ['running', 'done', 'stopped', 'halted'] as const;
export type UpgradeState = (typeof UPGRADE_STATES)[number];

export const SERVER_UPGRADE_STATES = [
  'waiting',
  'offered',
  'staged',
  'kept',
  'rolled-back',
  'refused',
  'silent',
  'not-allowed',
] as const;
export type ServerUpgradeState = (typeof SERVER_UPGRADE_STATES)[number];

const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, said(downloadName()));

/** Body of `POST /v1/sites/{siteId}/upgrades`. */
export const UpgradeCreation = z
  .strictObject({
    bundle: FileName.default('mailpath-agent.cjs'),
    manifest: FileName.default('mailpath-agent.manifest.json'),
    /** The server that goes first, by itself. */
    first: z.uuid().optional(),
    /** Who goes together after it, group by group; all others go last. */
    groups: z.array(z.array(z.uuid()).min(1).max(500)).max(50).default([]),
    hours: UpgradeHours.nullable().default(null),
  })
  .meta({ id: 'UpgradeCreation' });
export type UpgradeCreation = z.infer<typeof UpgradeCreation>;

/** What has become of it on one server. */
export const ServerUpgrade = z
  .object({
    serverId: z.uuid(),
    serverName: z.string(),
    group: z.int(),
    state: z.enum(SERVER_UPGRADE_STATES),
    reason: z.string().nullable(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'ServerUpgrade' });
export type ServerUpgrade = z.infer<typeof ServerUpgrade>;

export const Upgrade = z
  .object({
    id: z.uuid(),
    version: z.string(),
    sha256: z.string(),
    hours: UpgradeHours.nullable(),
    state: z.enum(UPGRADE_STATES),
    reason: z.string().nullable(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    servers: z.array(ServerUpgrade),
  })
  .meta({ id: 'Upgrade' });
export type Upgrade = z.infer<typeof Upgrade>;

export const UpgradeList = z.object({ items: z.array(Upgrade) }).meta({ id: 'UpgradeList' });
export type UpgradeList = z.infer<typeof UpgradeList>;

/** Which version runs where, and whether it may be upgraded from here. */
export const AgentVersion = z
  .object({
    serverId: z.uuid(),
    serverName: z.string(),
    version: z.string().nullable(),
    nodeVersion: z.string().nullable(),
    platform: z.string().nullable(),
    upgrades: z.enum(['allowed', 'off', 'unknown']),
    last: z
      .object({
        version: z.string(),
        state: z.enum(SERVER_UPGRADE_STATES),
        reason: z.string().nullable(),
        changedAt: z.iso.datetime(),
      })
      .nullable(),
  })
  .meta({ id: 'AgentVersion' });
export type AgentVersion = z.infer<typeof AgentVersion>;

export const AgentVersionList = z.object({ items: z.array(AgentVersion) }).meta({ id: 'AgentVersionList' });
export type AgentVersionList = z.infer<typeof AgentVersionList>;
