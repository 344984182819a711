import { createServer, type IncomingMessage, request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * What it does with an upgrade: `refuses` it, `buffers` what comes back until the connection ends, `cuts` it once it
 * stands, or `passes` it on.
 */
export type UpgradeManner = 'refuses' | 'buffers' | 'cuts' | 'passes';

/** A proxy in front of the API that passes requests on, and does with WebSocket what real ones do. */
export interface Middlebox {
  readonly url: string;
  manner: UpgradeManner;
  /** Answers to batches that do not come back, though the API has sent them. */
  answersLost: number;
  close(): Promise<void>;
}

export async function startMiddlebox(onward: string): Promise<Middlebox> {
  const { hostname, port } = new URL(onward);
  const sockets = new Set<Duplex>();
  const server = createServer((asked, answer) => {
    const passed = request(
      { hostname, port, path: asked.url, method: asked.method, headers: asked.headers, agent: false },
      (answered) => {
        if (asked.url?.endsWith('/batches') && box.answersLost > 0) {
          box.answersLost -= 1;
          answered.resume().once('end', () => asked.socket.destroy());
          return;
        }
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      },
    );
    passed.once('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.on('upgrade', (asked: IncomingMessage, near: Duplex, head: Buffer) => {
    sockets.add(near);
    near.once('close', () => sockets.delete(near)).on('error', () => near.destroy());
    if (box.manner === 'refuses') return near.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    const far = connect(Number(port), hostname);
    sockets.add(far);
    far.once('close', () => near.destroy()).on('error', () => near.destroy());
    near.once('close', () => far.destroy());
    far.write(headOf(asked));
    far.write(head);
    near.pipe(far);
    passBack(far, near);
  });
  const passBack = (far: Socket, near: Duplex): void => {
    far.once('data', (first: Buffer) => {
      const end = first.indexOf('\r\n\r\n') + 4;
      near.write(first.subarray(0, end));
      if (box.manner === 'cuts') return near.end();
      if (box.manner === 'buffers') return far.resume();
      near.write(first.subarray(end));
      far.pipe(near);
    });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const box: Middlebox = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    manner: 'passes',
    answersLost: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return box;
}

const headOf = ({ url, rawHeaders }: IncomingMessage): string => {
  const lines = Array.from(
    { length: rawHeaders.length / 2 },
    (_, i) => `${rawHeaders[2 * i]}: ${rawHeaders[2 * i + 1]}`,
  );
  return [`GET ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n');
};
