import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const DETAILS: Record<number, string> = {
  400: 'What arrived is no request of HTTP/1.1. Look at the method, the header lines and the length of the body.',
  408: 'The request did not arrive whole in time. Send it again, all of it within a minute.',
  431: 'The header lines are longer than 16 KiB. Shorten the URL, the cookies or the header that grew.',
};
const STATUS_BY_CODE: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** What Node itself cannot read as HTTP is answered in the form of all other refusals, before the connection ends. */
export function refuseUnread(error: Error & { code?: string }, socket: Duplex): void {
  // Nobody is there any more.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_BY_CODE[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status];
  // A type of its own would promise a reason that Node does not tell (RFC 9457, section 4.2.1).
  const body = JSON.stringify({ type: 'about:blank', title, status, detail: DETAILS[status] });
  if (socket.writable)
    socket.write(
      [
        `HTTP/1.1 ${status} ${title}`,
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Cache-Control: no-store',
        'X-Content-Type-Options: nosniff',
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  socket.destroy(error);
}
