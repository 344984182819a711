import { get, type IncomingMessage } from 'node:http';
import type { SiteEvent } from '../../apps/api/src/conclusions/live/site-event.ts';

type Name = SiteEvent['event'];
type Data<N extends Name> = Extract<SiteEvent, { event: N }>['data'];

/** Reads server-sent events as an EventSource does, and hands them to a spec one by one. */
export class EventReader {
  readonly ids: string[] = [];
  readonly names: Name[] = [];
  /** Resolves when the other end has ended the answer. */
  readonly ended: Promise<void>;
  readonly #unread: SiteEvent[] = [];
  readonly #answer: IncomingMessage;
  #text = '';
  #arrived = Promise.withResolvers<void>();

  private constructor(answer: IncomingMessage) {
    this.#answer = answer;
    const ended = Promise.withResolvers<void>();
    this.ended = ended.promise;
    answer.setEncoding('utf8').on('data', (part: string) => this.#take(part));
    answer.once('close', ended.resolve).on('error', () => ended.resolve());
  }

  /** Throws the status where it is refused. A connection of its own, which nothing else is asked on. */
  static async open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers, agent: false }, resolve).on('error', reject);
    });
    if (answer.statusCode === 200) return new EventReader(answer);
    answer.resume();
    throw new Error(`the stream is refused with ${answer.statusCode}`);
  }

  get headers(): IncomingMessage['headers'] {
    return this.#answer.headers;
  }

  get lastId(): string {
    return this.ids.at(-1) ?? '';
  }

  close(): void {
    this.#answer.destroy();
  }

  /** Reads no more, as somebody does who is too slow; `ended` then waits for what was on its way. */
  pause(): void {
    this.#answer.pause();
  }

  /** The first event of that name for which it holds; others stay for whoever asks for them. */
  async first<N extends Name>(name: N, holds: (data: Data<N>) => boolean = () => true): Promise<Data<N>> {
    for (;;) {
      const at = this.#unread.findIndex(({ event, data }) => event === name && holds(data as Data<N>));
      if (at >= 0) return this.#unread.splice(at, 1)[0]?.data as Data<N>;
      this.#arrived = Promise.withResolvers<void>();
      const gone = this.ended.then(() => Promise.reject(new Error(`ended while waiting for ${name}`)));
      await Promise.race([this.#arrived.promise, gone]);
    }
  }

  #take(part: string): void {
    const blocks = (this.#text + part).split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const event = {
        event: fields['event'],
        data: JSON.parse(fields['data'] ?? '') as unknown,
      } as SiteEvent;
      this.ids.push(fields['id'] ?? '');
      this.names.push(event.event);
      this.#unread.push(event);
    }
    this.#arrived.resolve();
  }
}
