import { z } from 'zod';
import { CheckId, CheckResult, MailAddress, Outcome, TargetName } from '@mailpath/protocol';
import { Moment, namesOf, oneOrMore } from '../../platform/fields.ts';
import { serverNameEmpty, serverNameLong } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** What a list of results may be narrowed to; every part is optional. */
export const ResultFilter = z.object({
  serverId: z.uuid().optional(),
  /** Names of servers, retired ones included. */
  server: namesOf(z.string().min(1, said(serverNameEmpty())).max(100, said(serverNameLong()))).optional(),
  check: namesOf(CheckId).optional(),
  target: namesOf(TargetName).optional(),
  /** Addresses of mailboxes, or of the users who sign in to them. */
  mailbox: namesOf(MailAddress.toLowerCase()).optional(),
  outcome: oneOrMore(Outcome).optional(),
  runId: z.uuid().optional(),
  /** Observed at or after this moment, RFC 3339 in UTC. */
  from: Moment.optional(),
  /** Observed before this moment. */
  to: Moment.optional(),
});
export type ResultFilter = z.infer<typeof ResultFilter>;

/**
 * By what a result is listed: `server`, what the server's clock said; `corrected`, that less what other ends have shown
 * the clock to be ahead; `received`, when it arrived, because the clock said a moment after that, or one before all
 * that is kept.
 */
export const ClockUsed = z.enum(['server', 'corrected', 'received']).meta({ id: 'ClockUsed' });
export type ClockUsed = z.infer<typeof ClockUsed>;

/**
 * A result as it is kept: who reported it, when it arrived, when it was observed as far as is known, and the fact
 * itself.
 */
export const StoredResult = z
  .object({
    serverId: z.uuid(),
    /** The name of the server now; a retired server keeps its last one. */
    serverName: z.string(),
    agentId: z.uuid(),
    boot: z.uuid(),
    sequence: z.int(),
    runId: z.uuid().nullable(),
    receivedAt: z.iso.datetime(),
    /** By the API's time; lists are in this order. */
    observedAt: z.iso.datetime(),
    clock: ClockUsed,
    result: CheckResult,
  })
  .meta({ id: 'StoredResult' });
export type StoredResult = z.infer<typeof StoredResult>;

/** One result, with the one of another server that it is held against. */
export const ResultDetail = StoredResult.extend({
  sibling: z.object({ serverId: z.uuid(), resultId: z.uuid() }).nullable(),
}).meta({ id: 'ResultDetail' });
export type ResultDetail = z.infer<typeof ResultDetail>;

/** A result as the tables have it. */
export type KeptResult = Omit<StoredResult, 'serverName'>;
