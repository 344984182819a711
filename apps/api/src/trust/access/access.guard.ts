import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { API_KEY_FORMAT, type ApiConfig, CONFIG } from '../../platform/config.ts';
import { GuessLimit } from '../../platform/guess-limit.ts';
import { MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { type Caller, roleAt, setCaller } from '../../platform/http/caller.ts';
import { type AskedOperation, OPERATION, setOperation } from '../../platform/http/asked-operation.ts';
import { refuseUnreadCondition } from '../../platform/http/version.ts';
import { includes, type Role } from '../../platform/needs.ts';
import { Callers } from './callers.service.ts';
import { cookieOf, isOurs } from './session-cookie.ts';
import { tooManyRequests, signInFirst, roleNeeded } from '../refusals.ts';

/** Lets a caller do what its role includes, at the site in the path or in the whole. What is not marked is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  /** By key or user, from however many addresses. */
  readonly #requests: GuessLimit;

  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.#requests = new GuessLimit(undefined, config.MAILPATH_REQUESTS_PER_MINUTE);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Agents prove who they are in the conversation itself: their gateway's first frame is a signature.
    if (context.getType() !== 'http') return true;
    const operation = this.reflector.get<AskedOperation | undefined>(OPERATION, context.getHandler());
    if (operation === undefined)
      throw new Error(`${context.getClass().name}.${context.getHandler().name} says not whom it is open to.`);
    const { needs } = operation;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { method } = request;
    setOperation(request, {
      ...operation,
      changes: operation.changes ?? (method !== 'GET' && method !== 'HEAD'),
    });
    if (needs === 'anyone') return true;
    const caller = await this.#callerOf(request);
    if (!caller) throw unauthorized();
    const wait = this.#requests.waitSeconds(caller.id);
    if (wait > 0) throw tooMany(wait);
    this.#requests.count(caller.id);
    setCaller(request, caller);
    if (needs !== 'signed-in') refuseBelow(needs, caller, siteOf(request));
    refuseUnreadCondition(request);
    return true;
  }

  async #callerOf(request: FastifyRequest): Promise<Caller | null> {
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    // Whoever sends a key means it: a session beside it makes up for nothing.
    if (key !== undefined) return API_KEY_FORMAT.test(key) ? this.callers.byKey(key) : null;
    const token = cookieOf(request);
    if (token === null || !isOurs(request)) return null;
    return (await this.callers.bySession(token))?.caller ?? null;
  }
}

const siteOf = ({ params }: FastifyRequest): string | null =>
  (params as { siteId?: string } | undefined)?.siteId?.toLowerCase() ?? null;

function refuseBelow(needed: Role, caller: Caller, siteId: string | null): void {
  const role = roleAt(caller, siteId);
  if (includes(role, needed)) return;
  // Who has no role at a site does not learn that there is one.
  if (role === null && siteId !== null) throw notFound('Site', siteId);
  throw new MailpathError(
    'forbidden',
    roleNeeded({ needed, isSite: siteId !== null, name: caller.name, role }),
  );
}

const tooMany = (seconds: number): MailpathError =>
  new MailpathError('too-many-requests', tooManyRequests({ seconds }), { retryAfterSeconds: seconds });

const unauthorized = () => new MailpathError('unauthorized', signInFirst());
