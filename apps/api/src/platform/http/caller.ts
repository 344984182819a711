import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../needs.ts';

/** Who sent a request: a person in a browser, or a program with an API key. */
export interface Caller {
  readonly kind: 'user' | 'api-key';
  readonly id: string;
  readonly name: string;
  /** Its role at every site and in what belongs to none; null for one that is let in at single sites. */
  readonly role: Role | null;
  /** Its roles at single sites, by the site's id. */
  readonly sites: ReadonlyMap<string, Role>;
}

/** The cookie of a browser that has signed in. */
export const SESSION_COOKIE = 'mailpath_session';

const callers = new WeakMap<FastifyRequest, Caller>();

export const setCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller);

/** Null at operations that are open to anyone. */
export const callerOf = (request: FastifyRequest): Caller | null => callers.get(request) ?? null;

/** The role of a caller at a site, or in what belongs to none. */
export const roleAt = ({ role, sites }: Caller, siteId: string | null): Role | null =>
  role ?? (siteId === null ? null : (sites.get(siteId) ?? null));

/** Which sites it may see; null for all. */
export const sitesOf = ({ role, sites }: Caller): readonly string[] | null =>
  role === null ? [...sites.keys()] : null;

/** The caller of an operation that needs a sign-in. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Error('This operation is open to anyone, so it has no caller.');
  return caller;
});
