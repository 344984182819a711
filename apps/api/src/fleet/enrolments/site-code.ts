import { Roles } from '@mailpath/protocol';
import { z } from 'zod';
import { EnrolCommands, EnrolDownloads } from './enrol-commands.ts';
import { isNetwork } from '../../platform/caller-address.ts';
import { networkForm } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const Network = z.string().max(50).refine(isNetwork, said(networkForm()));

/** Body of `POST /v1/sites/{siteId}/enrolment-codes`. */
export const SiteCodeCreation = z
  .strictObject({
    servers: z.int().min(1).max(500),
    hours: z.int().min(1).max(720).default(24),
    roles: Roles,
    networks: z.array(Network).max(50).default([]),
  })
  .meta({ id: 'SiteEnrolmentCodeCreation' });
export type SiteCodeCreation = z.infer<typeof SiteCodeCreation>;

/** What is known of a code that can still be redeemed; not the code itself. */
export const SiteCode = z
  .object({
    id: z.uuid(),
    servers: z.int(),
    used: z.int(),
    roles: Roles,
    networks: z.array(z.string()),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'SiteEnrolmentCode' });
export type SiteCode = z.infer<typeof SiteCode>;

/** Answer of the creation: the only one that holds the code itself. */
export const NewSiteCode = SiteCode.extend({
  code: z.string(),
  commands: EnrolCommands,
  downloads: EnrolDownloads,
}).meta({ id: 'NewSiteEnrolmentCode' });
export type NewSiteCode = z.infer<typeof NewSiteCode>;

export const SiteCodeList = z.object({ items: z.array(SiteCode) }).meta({ id: 'SiteEnrolmentCodeList' });
export type SiteCodeList = z.infer<typeof SiteCodeList>;
