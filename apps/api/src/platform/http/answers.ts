import type { FastifyInstance } from 'fastify';

/** An answer as it is before it is compressed. */
export interface Answer {
  readonly method: string;
  /** Such as `/v1/sites/:siteId`; null where the request reached no route. */
  readonly route: string | null;
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** What was sent, as it was parsed. */
  readonly request: unknown;
  readonly body: string;
}
export type OnAnswer = (answer: Answer) => void;

/** Tells each answer, for whoever holds it against the document. */
export function tellAnswers(http: FastifyInstance, onAnswer: OnAnswer): void {
  http.addHook('onSend', (request, reply, payload, next) => {
    onAnswer({
      method: request.method,
      route: request.routeOptions.url ?? null,
      url: request.url,
      status: reply.statusCode,
      contentType: String(reply.getHeader('content-type') ?? ''),
      headers: reply.getHeaders(),
      request: request.body,
      body: typeof payload === 'string' ? payload : '',
    });
    next(null, payload);
  });
}
