import type { Socket } from 'node:net';
import { carrierOf } from './listen.ts';

const FLOOD_BYTES = 16_384;

/** What a server does with a connection. */
export type Script = (socket: Socket) => void;

/** Accepts and says nothing, for ever. */
export const stall: Script = (socket) => {
  socket.resume();
};

/** Ends the connection at once, in good order (FIN). */
export const close: Script = (socket) => {
  // What is said to it meanwhile must be read, or the server's side of the connection stays.
  socket.resume();
  socket.end();
};

/** Cuts the connection (RST) as soon as the other end says something. */
export const resetOnData: Script = (socket) => {
  socket.once('data', () => carrierOf(socket).resetAndDestroy());
};

/** Says this at once and then nothing. */
export function say(text: string): Script {
  return (socket) => {
    socket.resume();
    socket.write(text);
  };
}

/** Says this, byte by byte, one every `everyMs`. */
export function drip(text: string, everyMs: number): Script {
  return (socket) => {
    socket.resume();
    let next = 0;
    const timer = setInterval(() => {
      if (next === text.length) clearInterval(timer);
      else socket.write(text.charAt(next++));
    }, everyMs);
    socket.once('close', () => clearInterval(timer));
  };
}

/** Says this over and over without ever ending the line. */
export function flood(text: string): Script {
  // Word by word it would be the flood that takes the time, and not who stands in it.
  const much = text.repeat(Math.ceil(FLOOD_BYTES / text.length));
  return (socket) => {
    socket.resume();
    const more = () => {
      while (!socket.destroyed && socket.write(much));
    };
    socket.on('drain', more);
    more();
  };
}

/** Calls back with every line that comes, without its end. */
export function onLine(socket: Socket, hear: (line: string) => void): void {
  let held = '';
  socket.on('data', (chunk: Buffer) => {
    const lines = (held + chunk.toString('utf8')).split('\r\n');
    held = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}
