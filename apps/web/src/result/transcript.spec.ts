import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../api/types.ts';
import { aligned, transcriptOf } from './transcript.ts';

type Result = StoredResult['result'];
const seen = (evidence: Record<string, unknown>) =>
  transcriptOf({ target: {}, evidence } as unknown as Result);
const marks = (own: string[], other: string[]) =>
  aligned(own, other).map(
    ({ own: mine, other: theirs, differs }) => `${mine} ${differs ? '≠' : '='} ${theirs}`,
  );

describe('what was said', () => {
  it('is the dialogue where one was kept, after what SMTP said in the open', () => {
    expect(
      seen({
        smtp: {
          greeting: '220 hello',
          ehlo: ['host', 'STARTTLS'],
          startTls: '220 ready',
          ehloAfterTls: ['AUTH'],
        },
        dialogue: { lines: ['S: 220 hello', 'C: QUIT'] },
      }),
    ).toEqual([
      'S: 220 hello',
      'C: EHLO',
      'S: host',
      'S: STARTTLS',
      'C: STARTTLS',
      'S: 220 ready',
      'S: 220 hello',
      'C: QUIT',
    ]);
  });

  it('is put together of greeting and abilities where none was kept, and nothing of what was not reached', () => {
    expect(seen({ imap: { greeting: '* OK', capability: ['IMAP4rev1', 'AUTH=XOAUTH2'] } })).toEqual([
      'S: * OK',
      'S: IMAP4rev1',
      'S: AUTH=XOAUTH2',
    ]);
    expect(seen({ smtp: { greeting: null, ehlo: [] }, connect: { used: null } })).toEqual([]);
  });
});

describe('two transcripts side by side', () => {
  it('mark what one says otherwise, and find each other again behind it', () => {
    expect(marks(['a', 'XXXXXXXA', 'c'], ['a', 'STARTTLS', 'c'])).toEqual([
      'a = a',
      'XXXXXXXA ≠ STARTTLS',
      'c = c',
    ]);
    expect(marks(['a', 'c'], ['a', 'b', 'c'])).toEqual(['a = a', 'null ≠ b', 'c = c']);
    expect(marks(['a'], [])).toEqual(['a ≠ null']);
  });

  it('take no time, front end, size or id for a difference, but every reply code', () => {
    const line = (host: string, time: string, size: number) =>
      `S: 220 ${host}.outlook.office365.com ready at Sat, 28 Nov 2026 ${time} +0000 [${size} characters, sha256 0a]`;
    expect(
      aligned([line('AM0PR01CA0042', '08:54:51', 9)], [line('FR3PR09CA0001', '09:00:00', 1452)])[0]?.differs,
    ).toBe(false);
    expect(aligned(['S: 535 5.7.3 No'], ['S: 235 2.7.0 No'])[0]?.differs).toBe(true);
  });

  it('keep every line of both, in order', () => {
    const [own, other] = [
      ['a', 'b', 'c', 'd', 'x'],
      ['b', 'y', 'd', 'a', 'c'],
    ];
    const pairs = aligned(own, other);
    expect(pairs.flatMap((pair) => pair.own ?? [])).toEqual(own);
    expect(pairs.flatMap((pair) => pair.other ?? [])).toEqual(other);
  });
});
