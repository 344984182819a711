import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventBus, eventKind } from './event-bus.ts';

const HAPPENED = eventKind<string>('happened');
const OTHER = eventKind<string>('happened');

describe('the event bus', () => {
  const logged: unknown[] = [];
  beforeEach(() => {
    vi.spyOn(Logger.prototype, 'error').mockImplementation((line: unknown) => void logged.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    logged.length = 0;
  });

  it('calls every listener of the kind once, in order, before control is back', () => {
    const bus = new EventBus();
    const heard: string[] = [];
    for (const name of ['a', 'b', 'c']) bus.on(HAPPENED, (value) => void heard.push(name + value));
    // Of the same name, and still another.
    bus.on(OTHER, () => void heard.push('other'));
    void bus.tell(HAPPENED, '1');
    expect(heard).toEqual(['a1', 'b1', 'c1']);
    void bus.tell(HAPPENED, '2');
    expect(heard).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
  });

  it('resolves when the last listener has ended, and lets none wait for another', async () => {
    const bus = new EventBus();
    const slow = Promise.withResolvers<void>();
    const heard: string[] = [];
    bus.on(HAPPENED, () => slow.promise.then(() => void heard.push('slow')));
    bus.on(HAPPENED, () => void heard.push('quick'));
    const told = bus.tell(HAPPENED, '').then(() => heard.push('told'));
    expect(heard).toEqual(['quick']);
    slow.resolve();
    await told;
    expect(heard).toEqual(['quick', 'slow', 'told']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('logs a listener that %s, and goes on', async (_, listener) => {
    const bus = new EventBus();
    const heard: string[] = [];
    bus.on(HAPPENED, listener);
    bus.on(HAPPENED, (value) => void heard.push(value));
    await bus.tell(HAPPENED, 'it');
    expect(heard).toEqual(['it']);
    expect(logged).toEqual([{ event: 'listener-failed', of: 'happened', reason: 'broken' }]);
  });

  it('tells nobody what nobody listens to', async () => {
    await expect(new EventBus().tell(HAPPENED, '')).resolves.toBeUndefined();
  });
});
