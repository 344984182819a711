import { Injectable, Logger } from '@nestjs/common';
import { onOwnBehalf } from '../database/on-behalf-of-requests.ts';
import { reportFault } from '../report-fault.ts';

/**
 * Something that can happen, and what is told of it. Made once, as a constant beside the feature in which it happens.
 */
export interface EventKind<T> {
  readonly name: string;
  /** Of types only: what listeners are given. */
  readonly tells?: T;
}

export const eventKind = <T>(name: string): EventKind<T> => ({ name });

type Listener<T> = (value: T) => void | Promise<void>;

/**
 * Tells the parts of this process what has happened in another part, after it is stored. The one promise of delivery:
 * every listener of the kind is called once, in the order in which they subscribed, before `tell` gives control back;
 * none waits for another; one that fails is logged and changes nothing, neither for the others nor for who tells. What
 * `tell` answers resolves when all have ended, and never rejects. Nothing is kept: who subscribes later, or runs in
 * another process, hears nothing of it.
 */
@Injectable()
export class EventBus {
  readonly #logger = new Logger('Events');
  readonly #listeners = new Map<EventKind<never>, Listener<never>[]>();

  on<T>(kind: EventKind<T>, listener: Listener<T>): void {
    const listeners = this.#listeners.get(kind as EventKind<never>) ?? [];
    this.#listeners.set(kind as EventKind<never>, [...listeners, listener as Listener<never>]);
  }

  async tell<T>(kind: EventKind<T>, value: T): Promise<void> {
    const listeners = (this.#listeners.get(kind as EventKind<never>) ?? []) as Listener<T>[];
    await Promise.all(listeners.map((listener) => onOwnBehalf(() => this.#call(kind, listener, value))));
  }

  /** The same for who can tell again: rejects, after all listeners have ended, where one has failed. */
  async tellOrFail<T>(kind: EventKind<T>, value: T): Promise<void> {
    const listeners = (this.#listeners.get(kind as EventKind<never>) ?? []) as Listener<T>[];
    const ended = await Promise.allSettled(listeners.map(async (listener) => listener(value)));
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  async #call<T>({ name }: EventKind<T>, listener: Listener<T>, value: T): Promise<void> {
    try {
      await listener(value);
    } catch (error) {
      // What follows from a change can be made up for; the change itself has happened.
      reportFault(this.#logger, { event: 'listener-failed', of: name }, error);
    }
  }
}
