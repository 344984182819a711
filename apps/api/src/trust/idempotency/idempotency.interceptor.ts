import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, concatMap, from, type Observable, of } from 'rxjs';
import { invalidField } from '../../platform/errors.ts';
import { Id } from '../../platform/fields.ts';
import { callerOf } from '../../platform/http/caller.ts';
import { IS_IDEMPOTENT } from '../../platform/openapi/idempotent.ts';
import { type Answer, IdempotencyKeys } from './idempotency-keys.service.ts';
import { idempotencyKeyForm } from '../field-refusals.ts';

const KEY = /^[\x21-\x7e]{1,200}$/;

/** Sent again with the same Idempotency-Key, a request that creates something is answered as it was the first time. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: IdempotencyKeys,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    if (context.getType() !== 'http' || !this.reflector.get(IS_IDEMPOTENT, context.getHandler()))
      return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key))
      throw invalidField('Idempotency-Key', idempotencyKeyForm());
    const { siteId = null } = request.params as { siteId?: string };
    // Interceptors run before a path is read: what is no id is refused by the handler, and no answer to keep.
    if (siteId !== null && !Id.safeParse(siteId).success) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const [path = ''] = request.url.split('?', 1);
    const begun = await this.keys.begin({
      key,
      caller: callerOf(request)?.id ?? '',
      method: request.method,
      path,
      siteId,
      body: request.body,
    });
    if ('status' in begun) return of(replay(begun, reply));
    return next.handle().pipe(
      concatMap(async (body) => {
        const location = reply.getHeader('location');
        await this.keys.finish(begun, {
          status: reply.statusCode,
          location: typeof location === 'string' ? location : null,
          body,
        });
        return body;
      }),
      catchError((error: unknown) =>
        from(this.keys.drop(begun)).pipe(
          concatMap(() => {
            throw error;
          }),
        ),
      ),
    );
  }
}

function replay({ status, location, body }: Answer, reply: FastifyReply): unknown {
  void reply.status(status).header('idempotency-replayed', 'true');
  if (location !== null) void reply.header('location', location);
  return body;
}
