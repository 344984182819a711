import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { questionIn } from '@mailpath/checks/testing';
import type { Faults } from '../faults.ts';
import { answerQuestion, type Reply, type Transport, type Zone } from './answer-question.ts';

const LONGEST_QUERY = 4_096;

/** A resolver on one address, over UDP and TCP on the same port; a change of its faults holds for the next question. */
export class Resolver {
  readonly #address: string;
  readonly #faults: Faults;
  readonly #zone: Zone;
  readonly #waiting = new Set<NodeJS.Timeout>();
  readonly #sockets = new Set<Socket>();
  #udp: UdpSocket | null = null;
  #tcp: Server | null = null;
  #port = 0;

  constructor(address: string, faults: Faults, zone: Zone) {
    this.#address = address;
    this.#faults = faults;
    this.#zone = zone;
  }

  get port(): number {
    return this.#port;
  }

  /** Begins to listen, on a free port where it is 0. Rejects with what the system says. */
  async start(port: number): Promise<void> {
    this.#port = port;
    // TCP first: a port that is free there is hardly ever taken for UDP.
    await this.#openTcp();
    await this.#openUdp();
  }

  /** Opens and closes as the faults of its address say now. */
  async follow(): Promise<void> {
    const { [this.#address]: own = [], '*': common = [] } = this.#faults.all;
    const here = [...own, ...common];
    const isClosed = here.some(({ id }) => id === 'dns-closed');
    // TCP has one port for all names, so it is closed for all of them.
    const closesTcp = isClosed || here.some(({ id, tcp }) => id === 'dns-truncated' && tcp === 'closed');
    if (isClosed) await this.#closeUdp();
    else if (!this.#udp) await this.#openUdp();
    if (closesTcp) await this.#closeTcp();
    else if (!this.#tcp) await this.#openTcp();
  }

  async stop(): Promise<void> {
    for (const timer of this.#waiting) clearTimeout(timer);
    await Promise.all([this.#closeUdp(), this.#closeTcp()]);
  }

  async #openUdp(): Promise<void> {
    const udp = createSocket('udp4');
    udp.on('message', (query, { address, port }) =>
      this.#reply(query, 'udp', (bytes) => udp === this.#udp && udp.send(bytes, port, address)),
    );
    udp.bind(this.#port, this.#address);
    await once(udp, 'listening');
    // A client that is gone is told of by ICMP; there is nobody to tell it to.
    udp.on('error', () => undefined);
    this.#udp = udp;
  }

  async #closeUdp(): Promise<void> {
    const udp = this.#udp;
    this.#udp = null;
    if (!udp) return;
    udp.close();
    await once(udp, 'close');
  }

  async #openTcp(): Promise<void> {
    const tcp = createServer((socket) => this.#hear(socket));
    tcp.listen({ host: this.#address, port: this.#port });
    await once(tcp, 'listening');
    this.#port = (tcp.address() as AddressInfo).port;
    this.#tcp = tcp;
  }

  async #closeTcp(): Promise<void> {
    const tcp = this.#tcp;
    this.#tcp = null;
    if (!tcp) return;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => tcp.close(resolve));
  }

  /** RFC 7766, section 8: two bytes of length before each message. */
  #hear(socket: Socket): void {
    let held = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        this.#reply(held.subarray(2, end), 'tcp', (bytes) => {
          const length = Buffer.alloc(2);
          length.writeUInt16BE(bytes.length);
          if (!socket.destroyed) socket.write(Buffer.concat([length, bytes]));
        });
        held = held.subarray(end);
      }
      if (held.length > LONGEST_QUERY) socket.destroy();
    });
  }

  #reply(query: Buffer, transport: Transport, send: (bytes: Buffer) => unknown): void {
    const question = questionIn(query);
    // What is no question of ours is not answered: a test asks as resolvers do.
    if (!question) return;
    const asked = { query, question, transport };
    const { bytes, delayMs }: Reply = answerQuestion(asked, this.#address, this.#faults, this.#zone);
    if (!bytes) return;
    if (delayMs === 0) return void send(bytes);
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      send(bytes);
    }, delayMs);
    this.#waiting.add(timer);
  }
}
