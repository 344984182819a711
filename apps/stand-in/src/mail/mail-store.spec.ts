import { describe, expect, it } from 'vitest';
import { MailStore } from './mail-store.ts';

const ADA = 'ada@contoso.example';
const message = (bytes: number) => Buffer.alloc(bytes, 'x');

describe('MailStore', () => {
  it('numbers messages upwards and never gives a number twice', () => {
    const store = new MailStore();
    store.deliver(ADA, message(1));
    expect(store.markDeleted('ADA@contoso.example', 1)).toBe(true);
    expect(store.expunge(ADA)).toEqual([1]);
    expect(store.deliver(ADA, message(1)).uid).toBe(2);
    expect(store.markDeleted(ADA, 1)).toBe(false);
    expect(store.folder(ADA)).toMatchObject({ uidNext: 3 });
  });

  it('gives every folder a validity of its own', () => {
    const store = new MailStore();
    const validities = [store.folder(ADA), store.folder(ADA, 'Drafts'), store.folder('bob@contoso.example')];
    expect(new Set(validities.map(({ uidValidity }) => uidValidity)).size).toBe(3);
  });

  it('removes only what is marked, and of that only what is asked for', () => {
    const store = new MailStore();
    for (const uid of [1, 2, 3]) {
      store.deliver(ADA, message(uid));
      if (uid !== 2) store.markDeleted(ADA, uid);
    }
    expect(store.expunge(ADA, 'INBOX', new Set([1, 2]))).toEqual([1]);
    expect(store.list(ADA).map(({ uid }) => uid)).toEqual([2, 3]);
    expect(store.bytes).toBe(5);
  });

  it('lets the oldest go when there are too many messages or bytes', () => {
    const store = new MailStore({ messagesPerFolder: 2, totalBytes: 10 });
    const at = (second: number) => ({ at: new Date(second * 1000) });
    store.deliver(ADA, message(3), at(1));
    store.deliver('bob@contoso.example', message(3), at(2));
    store.deliver(ADA, message(3), at(3));
    store.deliver(ADA, message(1), at(4));
    expect(store.list(ADA).map(({ uid }) => uid)).toEqual([2, 3]);
    store.deliver(ADA, message(7), at(5));
    expect(store.list('bob@contoso.example')).toEqual([]);
    expect(store.bytes).toBe(8);
    expect(() => store.deliver(ADA, message(11))).toThrow('a message of 11 bytes is too large');
  });

  it('forgets all messages and no number', () => {
    const store = new MailStore();
    const { uidValidity } = store.folder(ADA);
    store.deliver(ADA, message(1));
    store.clear();
    expect([store.bytes, store.list(ADA)]).toEqual([0, []]);
    expect(store.deliver(ADA, message(1)).uid).toBe(2);
    expect(store.folder(ADA)).toMatchObject({ uidValidity });
  });

  it('tells of arrivals and removals until nobody listens', () => {
    const store = new MailStore();
    let told = 0;
    const stop = store.onChanged(() => (told += 1));
    store.deliver(ADA, message(1));
    store.expunge(ADA);
    store.markDeleted(ADA, 1);
    store.expunge(ADA);
    stop();
    store.deliver(ADA, message(1));
    expect(told).toBe(2);
  });
});
