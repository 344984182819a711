import { createReadStream } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../platform/not-found.ts';
import { isKnown } from '../../platform/http/entity-tag.ts';
import { sendProblem } from '../../platform/http/problem.filter.ts';
import type { Download } from './download.ts';
import { DownloadsService } from './downloads.service.ts';

interface Span {
  start: number;
  end: number;
}

/** Hands out the files that `GET /v1/downloads` lists, whole or one range of them; a stream, so in no document. */
export function serveDownloads(app: NestFastifyApplication): void {
  const downloads = app.get(DownloadsService);
  app
    .getHttpAdapter()
    .getInstance()
    // What is packed already would only be packed again, and a range is of the bytes as they lie there.
    .get(
      '/downloads/:name',
      { compress: false } as object,
      async (request: FastifyRequest, reply: FastifyReply) => {
        const { name } = request.params as { name: string };
        const download = await downloads.find(name);
        if (download) return send(download, downloads.pathOf(name), request, reply);
        sendProblem(notFound('Download', name), request, reply);
        return reply;
      },
    );
}

function send(download: Download, file: string, { headers }: FastifyRequest, reply: FastifyReply) {
  const { name, bytes, sha256, contentType } = download;
  const tag = `"${sha256}"`;
  void reply
    .header('etag', tag)
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'no-cache')
    .header('last-modified', new Date(download.modifiedAt).toUTCString());
  if (isKnown(headers['if-none-match'], tag)) return reply.status(304).send();
  // RFC 9110, section 13.1.5: a range of another version is of no use, so the whole is sent.
  const asked = headers['if-range'] === undefined || headers['if-range'] === tag ? headers.range : undefined;
  const span = spanOf(asked, bytes);
  if (span === 'beyond') return reply.status(416).header('content-range', `bytes */${bytes}`).send();
  const { start, end } = span ?? { start: 0, end: bytes - 1 };
  if (span) void reply.status(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
  void reply
    .type(contentType)
    .header('content-length', end - start + 1)
    .header('content-disposition', `attachment; filename="${name}"`);
  // An empty file has no last byte.
  return reply.send(bytes === 0 ? '' : createReadStream(file, { start, end }));
}

/**
 * The one range of `Range: bytes=…` (RFC 9110, section 14.2): null for the whole, also where several or none that can
 * be read were asked for.
 */
export function spanOf(header: string | undefined, bytes: number): Span | 'beyond' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  // A first byte behind the last one is no range at all; one behind the end cannot be given.
  if (first !== '' && last !== '' && Number(last) < start) return null;
  return start > end ? 'beyond' : { start, end };
}
