import { describe, expect, it } from 'vitest';
import { EXAMPLES, NORMAL } from '../testing/exchange-lines.ts';
import { EXCHANGE_ROWS, exchangeAnswer } from './exchange-table.ts';

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const SERVER_TAG = '[SN2PR00CA0018.namprd00.prod.outlook.com 2024-07-11T11:46:49.042Z 08DCA18218166FB4]';

/** The rows that take this text by their patterns alone; the lines of a reply come to them as one. */
const takers = (protocol: string, text: string): string[] =>
  EXCHANGE_ROWS.filter(
    (row) =>
      row.protocol === protocol && row.patterns.some((pattern) => pattern.test(text.replace('\r\n', ' '))),
  ).map(({ row }) => row);

describe('the answers of Exchange Online', () => {
  it('are all there, each once, under the protocol that gives them', () => {
    const rows = (protocol: string) =>
      EXCHANGE_ROWS.filter((row) => row.protocol === protocol)
        .map(({ row }) => row)
        .toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    expect(rows('imap')).toEqual(numbered('B', 16));
    expect(rows('pop3')).toEqual(numbered('C', 9));
    expect(rows('smtp')).toEqual(numbered('D', 36));
    expect(EXCHANGE_ROWS).toHaveLength(61);
  });

  it('are told by a line, or else by a sign', () => {
    const withoutLine = EXCHANGE_ROWS.filter(({ patterns }) => patterns.length === 0);
    expect(withoutLine.map(({ row }) => row).toSorted()).toEqual(
      ['B12', 'B13', 'B14', 'B15', 'C4', 'C8', 'D15', 'D17', 'D30', 'D31'].toSorted(),
    );
    expect(withoutLine.filter(({ sign }) => sign === undefined)).toEqual([]);
  });

  it('have an example for every pattern', () => {
    const lines = (of: string) =>
      EXAMPLES.filter(({ row }) => row === of).map(({ line }) => line.replace('\r\n', ' '));
    const unseen = EXCHANGE_ROWS.flatMap(({ row, patterns }) =>
      patterns
        .filter((pattern) => !lines(row).some((line) => pattern.test(line)))
        .map((pattern) => `${row} ${pattern}`),
    );
    expect(unseen).toEqual([]);
  });
});

describe.each(EXAMPLES)('$protocol: $line', ({ row, protocol, line }) => {
  // Base64 has a case of its own.
  const cases = line.startsWith('334') ? [line] : [line, line.toLowerCase(), line.toUpperCase()];
  const forms = cases.flatMap((form) => [form, `${form} ${SERVER_TAG}`, `${form}\r\n`, `  ${form}`]);

  it(`is ${row}, in any case, with and without the tag of the server`, () => {
    expect(
      forms.filter((form) => exchangeAnswer({ protocol, phase: null, line: form })?.row !== row),
    ).toEqual([]);
  });

  it('is taken by no other row', () => {
    expect(cases.map((form) => takers(protocol, form))).toEqual(cases.map(() => [row]));
  });

  it('means nothing to the other protocols', () => {
    for (const other of ['imap', 'pop3', 'smtp'].filter((name) => name !== protocol))
      expect(takers(other, line)).toEqual([]);
  });

  it('is found in every phase', () => {
    for (const phase of ['greet', 'authenticate', 'open-mailbox', 'send'] as const)
      expect(exchangeAnswer({ protocol, phase, line })?.row).toBe(row);
  });
});

describe('a line that is no known fault', () => {
  it.each(NORMAL)('$protocol: $line', ({ protocol, line }) => {
    expect(exchangeAnswer({ protocol, phase: null, line })).toBeNull();
    expect(exchangeAnswer({ protocol, phase: null, line: `${line} ${SERVER_TAG}` })).toBeNull();
  });

  it.each(['imap', 'pop3', 'smtp'] as const)('is unknown however hostile it is: %s', (protocol) => {
    for (const line of ['', '\0'.repeat(10_000), 'A '.repeat(5_000), '535 5.7.139 '.repeat(900), '\u001B[2J'])
      expect(exchangeAnswer({ protocol, phase: 'authenticate', line })).toBeNull();
  });
});

describe('a hostile line', () => {
  it('does not hide a known answer behind control characters', () => {
    const line = '535\t5.7.3\0\0Authentication unsuccessful';
    expect(exchangeAnswer({ protocol: 'smtp', phase: 'authenticate', line })?.row).toBe('D1');
  });

  it('is read no further than its first 1024 characters', () => {
    const line = `${' '.repeat(1024)}A1 NO LOGIN failed.`;
    expect(exchangeAnswer({ protocol: 'imap', phase: null, line })).toBeNull();
  });

  it('costs a bounded number of steps: patterns start at the start, repeat nothing without bound and nest no repetition', () => {
    const costly = EXCHANGE_ROWS.flatMap(({ patterns }) => patterns).filter(({ source, flags }) => {
      // Escapes and classes stand for one character each.
      const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
      const steps = [...bare.matchAll(/\{\d+,(\d+)\}/g)].reduce(
        (product, [, most]) => product * Number(most),
        1,
      );
      return !bare.startsWith('^') || /[*+]|\{\d+,\}|\)\{/.test(bare) || steps > 8_000 || /[gmy]/.test(flags);
    });
    expect(costly).toEqual([]);
  });
});
