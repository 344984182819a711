import { describe, expect, it } from 'vitest';
import { restAfter, SiteQueue } from './site-queue.ts';

/** Work that ends when it is told to, and says what it has begun. */
function handWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  let atBegin: (() => void) | undefined;
  const work = (site: string): Promise<void> => {
    begun.push(site);
    atBegin?.();
    return new Promise((resolve) => ends.set(site, resolve));
  };
  const until = async (count: number): Promise<void> => {
    while (begun.length < count) await new Promise<void>((resolve) => (atBegin = resolve));
  };
  return { begun, work, until, end: (site: string) => ends.get(site)?.() };
}

describe('the queue of sites', () => {
  it('does once what a burst asks for', async () => {
    const begun: string[] = [];
    const queue = new SiteQueue((site) => Promise.resolve(void begun.push(site)), 1);
    for (const site of ['a', 'a', 'b', 'a']) queue.ask(site);
    await queue.settled();
    expect(begun).toEqual(['a', 'b']);
  });

  it('does once more what was asked for meanwhile, and never twice at a time', async () => {
    const { begun, work, until, end } = handWork();
    const queue = new SiteQueue(work, 1, () => 0);
    queue.ask('a');
    await until(1);
    queue.ask('a');
    queue.ask('a');
    queue.ask('b');
    await until(2);
    expect(begun).toEqual(['a', 'b']);
    end('a');
    await until(3);
    expect(begun).toEqual(['a', 'b', 'a']);
    end('a');
    end('b');
    await queue.settled();
    expect(begun).toHaveLength(3);
  });

  it('leaves most sites waiting when many are asked for, and comes to all', async () => {
    const { begun, work, until, end } = handWork();
    const queue = new SiteQueue(work, 1);
    const sites = ['a', 'b', 'c', 'd', 'e'];
    for (const site of sites) queue.ask(site);
    await until(3);
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const [i, site] of sites.entries()) {
      await until(Math.min(sites.length, i + 3));
      end(site);
    }
    await queue.settled();
    expect(begun).toEqual(sites);
  });

  it('ends with what was asked for, without waiting for its moment, and takes nothing after', async () => {
    const begun: string[] = [];
    const queue = new SiteQueue((site) => Promise.resolve(void begun.push(site)), 3_600_000);
    queue.ask('a');
    await queue.end();
    queue.ask('b');
    await queue.settled();
    expect(begun).toEqual(['a']);
  });

  it.each([true, false])(
    'leaves a site alone after its work, and comes to others: asked for meanwhile %s',
    async (isMeanwhile) => {
      const { begun, work, until, end } = handWork();
      const queue = new SiteQueue(work, 1, () => 3_600_000);
      queue.ask('a');
      await until(1);
      if (isMeanwhile) queue.ask('a');
      queue.ask('b');
      await until(2);
      end('a');
      queue.ask('c');
      await until(3);
      if (!isMeanwhile) queue.ask('a');
      queue.ask('d');
      await until(4);
      expect(begun).toEqual(['a', 'b', 'c', 'd']);
      end('b');
      end('c');
      end('d');
      const ended = queue.end();
      await until(5);
      expect(begun).toEqual(['a', 'b', 'c', 'd', 'a']);
      end('a');
      await ended;
    },
  );

  it('rests in proportion to the work, and never for long', () => {
    expect([0, 100, 60_000].map(restAfter)).toEqual([0, 300, 2_000]);
  });
});
