import { Controller, type ExecutionContext, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Language } from '@mailpath/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { limitKey } from '../../platform/caller-address.ts';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { Admission, Context } from '../../trust/access/admission.ts';
import { EventConnection, UnreadInAll } from './event-connection.ts';
import { LiveService } from './live.service.ts';
import { OpenConnections } from './open-connections.ts';
import { EXAMPLE, SiteEvent } from './site-event.ts';

const EventsQuery = z.strictObject({ language: Language.default('en') });
type EventsQuery = z.infer<typeof EventsQuery>;

/** An answer that is silent for longer is taken for dead by proxies, and by people. */
const BEAT_MS = 20_000;
/** How long a key that was revoked, or a session that has ended, goes on hearing. */
const ASK_AGAIN_MS = 5_000;

@ApiTags('Comparison')
@Controller('v1/sites/:siteId/events')
export class LiveController {
  readonly #open = new OpenConnections();
  readonly #unread = new UnreadInAll();

  constructor(
    private readonly live: LiveService,
    private readonly admission: Admission,
  ) {}

  @Get()
  @Operation({
    id: 'watchSite',
    needs: 'viewer',
    summary: 'Watch a site: what changes is told as it happens',
    description: [
      'Server-sent events, for an EventSource: `event` names what happened, `data` is JSON. Connect first, then read the comparison once, and apply what comes.',
      '- `comparison`: cells that have changed, whole, at most 400 in an event and one event in 500 ms.',
      '- `finding`, `run`, `agent`: what became of one.',
      '- `site`: settings, servers or mailboxes have changed: read everything again.',
      '- `reset`: it is not known what happened since `Last-Event-ID`: read everything again.',
      '- `beat`: every 20 seconds, and when the stream begins.',
      'Ids grow. An EventSource that was cut off sends the last one as `Last-Event-ID` and is told what it has missed. Whoever reads too slowly is cut off. The stream ends within seconds after the key or session has ended.',
    ].join('\n'),
    answer: { description: 'Events without an end. The schema is that of one of them.' },
    events: { schema: SiteEvent, example: EXAMPLE },
    problems: ['validation', 'not-found'],
  })
  async events(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: EventsQuery }) { language }: EventsQuery,
    @Context() context: ExecutionContext,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lastEventId = request.headers['last-event-id'];
    const stream = await this.live.stream(siteId, language);
    void reply.header('content-language', language);
    // A question about the headers alone: nothing would ever end it.
    if (request.method === 'HEAD') return void reply.header('content-type', 'text/event-stream').send();
    const left = this.#open.enter(limitKey(request.ip));
    const connection = new EventConnection(reply, undefined, this.#unread);
    const beat = setInterval(() => connection.beat(stream.beat()), BEAT_MS).unref();
    const again = setInterval(() => {
      void this.admission.holds(context).then((holds) => {
        if (!holds) connection.end();
      });
    }, ASK_AGAIN_MS).unref();
    let stop = (): void => undefined;
    connection.begin(() => {
      left();
      clearInterval(beat);
      clearInterval(again);
      stop();
    });
    stop = stream.watch(connection, typeof lastEventId === 'string' ? lastEventId : undefined);
  }
}
