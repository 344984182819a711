import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';

interface ProxyTalk {
  /** What a client has to say who it is; anybody is served without. */
  credentials?: { user: string; password: string };
  /** Where a name leads, as the proxy's own resolver sees it; others are dialled as they are. */
  names?: Readonly<Record<string, string>>;
}

export interface HttpProxyTalk extends ProxyTalk {
  /** The whole answer to CONNECT, instead of a tunnel. */
  answer?: string;
}

export interface SocksTalk extends ProxyTalk {
  /** The reply's code (RFC 1928, section 6), instead of a connection. */
  refuse?: number;
}

/** A proxy of a test. */
export interface TestProxy extends Listener {
  /** The places that were asked for, `host:port`, in their order. */
  asked: string[];
  /** Everything that clients said before their tunnels stood, as it came. */
  heard: () => string;
}

/** A web proxy that knows CONNECT and nothing else. */
export async function startHttpProxy(at: ListenOptions, talk: HttpProxyTalk = {}): Promise<TestProxy> {
  const asked: string[] = [];
  let heard = '';
  const listener = await listen(at, (socket) => {
    let head = '';
    socket.on('data', function onHead(chunk: Buffer) {
      head += chunk.toString('latin1');
      heard += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onHead);
      const [, place = ''] = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head) ?? [];
      asked.push(place);
      if (talk.answer !== undefined) socket.write(talk.answer);
      else if (
        talk.credentials &&
        !head.includes(`\r\nproxy-authorization: ${basic(talk.credentials)}\r\n`)
      ) {
        const challenge = 'Negotiate\r\nProxy-Authenticate: Basic realm="Corp, Ltd"';
        socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${challenge}\r\n\r\n`);
      } else
        tunnel(
          socket,
          place,
          talk,
          () => 'HTTP/1.1 200 Connection established\r\n\r\n',
          'HTTP/1.1 502 Bad Gateway\r\n\r\n',
        );
    });
  });
  return Object.assign(listener, { asked, heard: () => heard });
}

/** A SOCKS5 proxy (RFC 1928) that knows CONNECT, with user and password (RFC 1929) if it has to. */
export async function startSocksProxy(at: ListenOptions, talk: SocksTalk = {}): Promise<TestProxy> {
  const asked: string[] = [];
  let heard = '';
  const listener = await listen(at, (socket) => {
    let held: Buffer = Buffer.alloc(0);
    let step: 'methods' | 'credentials' | 'request' = 'methods';
    socket.on('data', function onData(chunk: Buffer) {
      held = Buffer.concat([held, chunk]);
      heard += chunk.toString('latin1');
      if (step === 'methods' && held.length >= 2 + (held[1] ?? 0)) {
        const offered = held.subarray(2, 2 + (held[1] ?? 0));
        held = held.subarray(2 + offered.length);
        const method = talk.credentials ? 2 : 0;
        if (!offered.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
        step = talk.credentials ? 'credentials' : 'request';
        socket.write(Buffer.from([5, method]));
      } else if (step === 'credentials') {
        const { user = '', password = '' } = talk.credentials ?? {};
        const wanted = Buffer.from(
          `\x01${String.fromCharCode(user.length)}${user}${String.fromCharCode(password.length)}${password}`,
          'latin1',
        );
        if (held.length < wanted.length) return;
        if (!held.equals(wanted)) return void socket.end(Buffer.from([1, 1]));
        held = Buffer.alloc(0);
        step = 'request';
        socket.write(Buffer.from([1, 0]));
      } else if (step === 'request' && held.length > 6) {
        socket.off('data', onData);
        const place = placeIn(held);
        asked.push(place);
        const reply = (code: number) => Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 0]);
        if (talk.refuse !== undefined) socket.end(reply(talk.refuse));
        else tunnel(socket, place, talk, () => reply(0), reply(5));
      }
    });
  });
  return Object.assign(listener, { asked, heard: () => heard });
}

/** Address type, address and port of a request (RFC 1928, section 4). */
function placeIn(request: Buffer): string {
  const [, , , type = 0, first = 0] = request;
  const length = type === 3 ? first : 4;
  const from = type === 3 ? 5 : 4;
  const host = request.subarray(from, from + length);
  return `${type === 3 ? host.toString('latin1') : host.join('.')}:${request.readUInt16BE(from + length)}`;
}

function basic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function tunnel(
  socket: Socket,
  place: string,
  talk: ProxyTalk,
  yes: () => string | Buffer,
  no: string | Buffer,
): void {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(place) ?? [];
  const onward = connect(Number(port), talk.names?.[host] ?? host);
  onward.once('connect', () => {
    socket.write(yes());
    socket.pipe(onward).pipe(socket);
  });
  onward.once('error', () => socket.end(no));
  socket.once('close', () => onward.destroy());
  // The last that a client says finds nobody any more; unread it would keep this side open for good.
  onward.once('close', () => socket.resume());
}
