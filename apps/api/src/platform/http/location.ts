import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Says where to read what was created: the path of the answer, in braces the fields of the answer and of the path. */
@Injectable()
export class Located implements NestInterceptor<Record<string, unknown>> {
  constructor(private readonly template: string) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<Record<string, unknown>>,
  ): Observable<Record<string, unknown>> {
    const http = context.switchToHttp();
    const params = http.getRequest<FastifyRequest>().params as Record<string, string>;
    return next.handle().pipe(
      map((created) => {
        const values: Record<string, unknown> = { ...params, ...created };
        const path = this.template.replace(/\{(\w+)\}/g, (_, name: string) =>
          encodeURIComponent(String(values[name])),
        );
        void http.getResponse<FastifyReply>().header('location', path);
        return created;
      }),
    );
  }
}
