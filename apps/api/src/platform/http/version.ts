import {
  type ExecutionContext,
  Injectable,
  type CallHandler,
  type NestInterceptor,
  createParamDecorator,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { invalidField, MailpathError } from '../errors.ts';
import { operationOf } from './asked-operation.ts';
import { digest, setVersion, tagsIn } from './entity-tag.ts';
import { noVersions } from '../field-refusals.ts';
import { changedSinceRead } from '../refusals.ts';

/** The version of a thing: of the fields that a change can set, and not of what is observed meanwhile. */
export function versionOf(thing: object, fields: readonly string[]): string {
  const values = thing as Record<string, unknown>;
  return digest(JSON.stringify(fields.map((field) => values[field] ?? null)));
}

/** Tells the tag of an answer its version. */
@Injectable()
export class Versioned implements NestInterceptor<object> {
  constructor(private readonly fields: readonly string[]) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((thing) => {
        setVersion(reply, versionOf(thing, this.fields));
        return thing;
      }),
    );
  }
}

/** The condition of a change: it throws precondition-failed where the thing is not what the caller has seen. */
export type Condition = (thing: object, fields: readonly string[]) => void;

/** No condition at all. */
export const ALWAYS: Condition = () => undefined;

/**
 * A change that knows no versions must not be made under a condition that nobody would look at: who sent it relies on
 * it.
 */
export function refuseUnreadCondition(request: FastifyRequest): void {
  const condition = request.headers['if-match'];
  const operation = operationOf(request);
  if (condition === undefined || condition.trim() === '*' || !operation?.changes || operation.conditional)
    return;
  throw invalidField('If-Match', noVersions());
}

/** The header If-Match of a change (RFC 9110, section 13.1.1). `*` holds for whatever is there. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): Condition => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header.trim() === '*') return ALWAYS;
  const versions = tagsIn(header).map((tag) => tag.split('.')[0]);
  return (thing, fields) => {
    if (versions.includes(versionOf(thing, fields))) return;
    throw new MailpathError('precondition-failed', changedSinceRead());
  };
});
