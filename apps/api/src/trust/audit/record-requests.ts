import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../platform/http/caller.ts';
import { operationOf } from '../../platform/http/asked-operation.ts';
import type { AuditLog, Done } from './audit-log.service.ts';

const logger = new Logger('Audit');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Refusals that say who may do what. What was worded wrongly changed nothing, and is of no interest. */
const REFUSALS = new Set([401, 403]);

/** Tells the audit log every change over HTTP, and who was refused one, before the caller hears of it. */
export function recordRequests(http: FastifyInstance, log: AuditLog): void {
  http.addHook('onSend', async (request, reply, payload) => {
    const done = entryOf(request, reply);
    if (done) {
      try {
        await log.record(done);
      } catch (error) {
        // What was done is done, and the caller must hear of it all the same.
        logger.error({ event: 'audit-not-recorded', action: done.action, reason: String(error) });
      }
    }
    return payload;
  });
}

function entryOf(request: FastifyRequest, reply: FastifyReply): Done | null {
  const operation = operationOf(request);
  const status = reply.statusCode;
  const refused = REFUSALS.has(status);
  if (!operation?.changes || (status >= 400 && !refused)) return null;
  const caller = callerOf(request);
  // Whoever comes without a key would fill the log; tries to sign in are few, since guesses are limited.
  if (refused && !caller && operation.needs !== 'anyone') return null;
  const params = idsIn(request.params);
  return {
    action: operation.id,
    actorKind: caller?.kind ?? 'anyone',
    actorId: caller?.id ?? null,
    actorName: caller?.name ?? (refused ? null : nameIn(request.body)),
    address: request.ip,
    outcome: refused ? 'refused' : 'done',
    status,
    siteId: params['siteId'] ?? null,
    subject: { ...params, ...locationOf(reply) },
  };
}

/** Only ids: a user name in a path is a person's, and the log keeps what it has. */
const idsIn = (params: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((params ?? {}) as Record<string, string>).filter(([, value]) => UUID.test(value)),
  );

function locationOf(reply: FastifyReply): Record<string, string> {
  const location = reply.getHeader('location');
  // Elsewhere it leads, codes and all: those are of a browser's sign-in.
  return typeof location === 'string' && location.startsWith('/v1/') ? { created: location } : {};
}

/** Who signed in with a name. Of a refused one the name is not kept: people type passwords there. */
function nameIn(body: unknown): string | null {
  const { name } = (body ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name.slice(0, 100) : null;
}
