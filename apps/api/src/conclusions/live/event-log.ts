import { randomBytes } from 'node:crypto';
import type { SiteEvent } from './site-event.ts';

const KEPT_EVENTS = 500;
const KEPT_CHARACTERS = 4_000_000;

/**
 * What was told last, so that whoever was cut off hears the rest. Ids grow, also over logs: they begin with the moment
 * in which a log began, and end with what tells it from all others.
 */
export class EventLog {
  readonly #tag = randomBytes(6).toString('hex');
  #number = Date.now() * 1_000;
  /** The number up to which nothing is kept. */
  #gone = this.#number;
  #kept: { number: number; text: string }[] = [];
  #characters = 0;

  /** The id of the newest event. */
  get newest(): string {
    return `${this.#number}-${this.#tag}`;
  }

  /** Adds an event, and answers it as it goes over the wire. */
  add(event: SiteEvent): string {
    this.#number += 1;
    const text = textOf(this.newest, event);
    this.#kept.push({ number: this.#number, text });
    this.#characters += text.length;
    while (this.#kept.length > KEPT_EVENTS || this.#characters > KEPT_CHARACTERS) {
      const oldest = this.#kept.shift();
      if (!oldest) break;
      this.#gone = oldest.number;
      this.#characters -= oldest.text.length;
    }
    return text;
  }

  /** Something that everybody hears for himself; it has the id of the newest event, and is not kept. */
  say(event: SiteEvent): string {
    return textOf(this.newest, event);
  }

  /** What came after the event with this id; null where that is not known any more, or was never of this log. */
  after(id: string): string[] | null {
    const [number = '', tag] = id.split('-', 2);
    const seen = Number(number);
    if (tag !== this.#tag || !(seen >= this.#gone && seen <= this.#number)) return null;
    return this.#kept.filter((each) => each.number > seen).map(({ text }) => text);
  }
}

/** One event of a stream (HTML standard, section 9.2.6); JSON has no line breaks of its own. */
const textOf = (id: string, { event, data }: SiteEvent): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
