import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A client of a test that speaks and hears lines. */
export class LineClient {
  #socket: Socket;
  #held = '';
  #ending: string | null = null;
  #wake: () => void = () => {};
  #said = '';

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#hear();
  }

  static async plain(port: number): Promise<LineClient> {
    const socket = connectTcp({ host: '127.0.0.1', port });
    await once(socket, 'connect');
    return new LineClient(socket);
  }

  static async secure(port: number, ca: string): Promise<LineClient> {
    const socket = connectTls({ host: '127.0.0.1', port, ca, servername: 'localhost' });
    await once(socket, 'secureConnect');
    return new LineClient(socket);
  }

  /** TLS above the same connection. Rejects with what the handshake ended in. */
  async upgrade(ca: string): Promise<void> {
    this.#socket.removeAllListeners('data');
    const secured = connectTls({ socket: this.#socket, ca, servername: 'localhost' });
    await once(secured, 'secureConnect');
    this.#socket = secured;
    this.#hear();
  }

  /** The next line; `<end>` or `<ECONNRESET>` when none comes any more. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n');
      if (end !== -1) {
        const line = this.#held.slice(0, end);
        this.#held = this.#held.slice(end + 2);
        return line;
      }
      if (this.#ending !== null) return `<${this.#ending}>`;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Lines up to the first that fits, which is the last of them. */
  async until(last: RegExp): Promise<string[]> {
    const lines: string[] = [];
    do lines.push(await this.line());
    while (!last.test(lines.at(-1) as string) && !/^<.*>$/.test(lines.at(-1) as string));
    return lines;
  }

  /** Whether that was the last line this client said, and it is out of this process. */
  isSent(line: string): boolean {
    return this.#said === line && this.#socket.writableLength === 0;
  }

  send(...lines: string[]): void {
    this.#said = lines.at(-1) ?? '';
    this.#socket.write(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
  }

  /** Says it and hears one line. */
  ask(line: string): Promise<string> {
    this.send(line);
    return this.line();
  }

  /** Vanishes without a word. */
  vanish(): void {
    this.#socket.destroy();
  }

  #hear(): void {
    const end = (how: string): void => {
      this.#ending ??= how;
      this.#wake();
    };
    this.#socket.on('data', (chunk: Buffer) => {
      this.#held += chunk.toString('latin1');
      this.#wake();
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    this.#socket.on('end', () => end('end')).on('close', () => end('end'));
  }
}
