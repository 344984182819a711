import { describe, expect, it } from 'vitest';
import { checksSilent, type ScheduledCheck } from '@mailpath/diagnosis';
import { ScheduleMemory } from './schedule-memory.ts';

const RHYTHM = { everySeconds: 60, roundMs: 20_000 };
const START = Date.UTC(2026, 10, 28, 12);

/** The look-up runs in every round; IMAP was last run so many seconds before. */
const after = (imapSeconds: number | null): ScheduledCheck[] =>
  Object.entries({ 'dns.resolve': 30, 'imap.tls': imapSeconds }).flatMap(([check, seconds]) =>
    seconds === null ? [] : [{ server: 'svc01', check, target: 'imap', ageMs: seconds * 1_000 }],
  );

/** What is told at each second, given how old the result of IMAP is then; null while IMAP is not scheduled. */
function told(
  course: readonly (readonly [number, number | null])[],
  memory = new ScheduleMemory(),
): string[] {
  return course.map(([seconds, imapSeconds]) =>
    checksSilent(memory.counted('site', after(imapSeconds), new Date(START + seconds * 1_000)), RHYTHM)
      .flatMap(({ checks }) => checks)
      .join(),
  );
}

describe('a check that is taken away and put back', () => {
  it('is not told of before it was left out of two rounds', () => {
    const course = [
      [0, 5],
      [60, null],
      [600, null],
      [660, 665],
      [720, 725],
      [810, 815],
    ] as const;
    expect(told(course)).toEqual(['', '', '', '', '', '']);
    expect(told([...course, [811, 816]]).at(-1)).toBe('imap.tls (imap)');
  });

  it('counts from the hour that the clock has now, where it was put back by then', () => {
    const course = [
      [7_200, 5],
      [7_260, null],
      [7_320, 500],
      [60, 500],
      [120, 560],
      [300, 740],
    ] as const;
    expect(told(course).slice(0, 5)).toEqual(['', '', '', '', '']);
    expect(told(course).at(-1)).toBe('imap.tls (imap)');
  });

  it('counts from the last time that it was put back', () => {
    const course = [
      [0, 5],
      [60, null],
      [120, 125],
      [180, null],
      [240, 245],
      [300, 305],
    ] as const;
    expect(told(course).at(-1)).toBe('');
  });
});

describe('a check that was always scheduled', () => {
  it('is told of at once, also by a process that has just started', () => {
    expect(told([[0, 400]])).toEqual(['imap.tls (imap)']);
    expect(
      told([
        [0, 5],
        [200, 205],
      ]),
    ).toEqual(['', 'imap.tls (imap)']);
  });

  it('is of its own site', () => {
    const memory = new ScheduleMemory();
    memory.counted('other', after(null), new Date(START));
    expect(told([[1, 400]], memory)).toEqual(['imap.tls (imap)']);
  });

  it('is forgotten with a site that nobody looks at for a day', () => {
    const memory = new ScheduleMemory();
    memory.counted('site', after(null), new Date(START));
    memory.counted('other', after(null), new Date(START + 86_400_001));
    expect(told([[86_460, 86_465]], memory)).toEqual(['imap.tls (imap)']);
  });
});
