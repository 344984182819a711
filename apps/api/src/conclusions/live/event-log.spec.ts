import { describe, expect, it } from 'vitest';
import { EventLog } from './event-log.ts';

const SITE = { event: 'site', data: {} } as const;
const BEAT = { event: 'beat', data: {} } as const;

describe('the log of what was told', () => {
  it('tells what came after an id, and nothing twice', () => {
    const log = new EventLog();
    const texts = [log.add(SITE), log.add(BEAT), log.add(SITE)];
    const idOf = (text = '') => text.slice('id: '.length, text.indexOf('\n'));
    expect(log.after(idOf(texts[0]))).toEqual(texts.slice(1));
    expect(log.after(idOf(texts[2]))).toEqual([]);
    expect(texts[0]).toMatch(/^id: \d+-[0-9a-f]{12}\nevent: site\ndata: \{\}\n\n$/);
  });

  it('knows nothing of an id of another log, of one that is not yet, or of no id at all', () => {
    const log = new EventLog();
    log.add(SITE);
    const [number, tag] = log.newest.split('-');
    for (const strange of [
      new EventLog().newest,
      `${Number(number) + 1}-${tag}`,
      `NaN-${tag}`,
      `-${tag}`,
      tag ?? '',
      '',
      'Infinity',
    ])
      expect(log.after(strange)).toBeNull();
  });

  it('is bounded, and says so to whoever was away for longer', () => {
    const log = new EventLog();
    const first = log.newest;
    for (let i = 0; i < 500; i += 1) log.add(SITE);
    expect(log.after(first)?.length).toBe(500);
    log.add(SITE);
    expect(log.after(first)).toBeNull();
  });
});
