import { describe, expect, it } from 'vitest';
import { aadsts, AADSTS_ROWS, type AadstsGroup } from './aadsts-table.ts';

/** Every number of the reference, written out: a row that gets lost is missed here. */
const CODES = `
  16000 16003 28002 28003 50000 50001 50002 50003 50005 50011 50012 50013 50014 50020 50033 50034 50049 50050 50053 50055 50056 50057 50058 50059 50064 50072 50074 50076 50078 50079 50085 50087 50088 50089 50097 50105 50107 50125 50126 50128 50129 50131 50132 50133 50134 50135 50140 50144 50147 50155 50158 50173 50187 50192 50194 50196 50197 50199 51004 53000 53001 53002 53003 53004 53010 53011 54005 65001 65002 65004 65005 70000 70001 70002 70003 70004 70005 70007 70008 70011 70012 70016 70018 70019 70043 80001 80002 80005 80007 80010 80012 80013 80014 81004 81005 81006 81009 81010 81011 81012 90002 90004 90006 90008 90012 90013 90014 90015 90019 90023 90024 90033 90036 90038 90043 90051 90055 90056 90072 90090 90094 90095 90099 90100 90102 90124 90130 135011 140000 500011 500014 500021 500022 500112 500113 500133 500200 500208 500212 500213 501481 501491 530002 530003 530032 530035 650052 650054 650056 650057 700005 700011 700016 700020 700022 700023 700025 700027 700030 700054 700082 700084 900023 900144 900382 900432 900561 900971 901002 1002012 1002016 7000112 7000114 7000215 7000218 7000222 7000229 9001023 9002313 9002332
`
  .trim()
  .split(/\s+/)
  .map(Number);

/** Numbers of which only one thing helps. */
const GROUPS: Record<AadstsGroup, number[]> = {
  'new-sign-in': [50173, 70000, 70008, 700082, 70043, 50132, 50133, 50089, 50076, 50079],
  application: [
    50011, 500113, 700016, 7000215, 7000218, 7000222, 700025, 700084, 70011, 65001, 650057, 90094,
  ],
  policy: [53000, 53001, 53002, 53003, 53004, 530032, 530035, 50131, 50105],
  network: [50002, 500021, 500022, 1002016],
  transient: [50000, 50033, 50087, 70012, 70016, 90006, 90012, 90024, 90033, 90055, 90090],
};

describe('the error numbers of Entra ID', () => {
  it('are all there, each once', () => {
    const inTable = AADSTS_ROWS.flatMap(({ codes }) => codes);
    expect(CODES).toHaveLength(180);
    expect(inTable.toSorted((a, b) => a - b)).toEqual(CODES);
  });

  it.each(CODES)('resolve: AADSTS%i', (code) => {
    expect(aadsts(code)?.codes).toContain(code);
  });

  it('that are listed nowhere stay unknown', () => {
    for (const code of [0, -1, 1, 5000, 500760, Number.NaN, Number.MAX_SAFE_INTEGER])
      expect(aadsts(code)).toBeNull();
  });

  it.each(Object.entries(GROUPS))('say of what only one thing helps with: %s', (group, codes) => {
    expect(codes.map((code) => [code, aadsts(code)?.group])).toEqual(codes.map((code) => [code, group]));
  });

  it('have no group beyond those numbers and the ones that mean the same', () => {
    const grouped = new Set(Object.values(GROUPS).flat());
    const strays = AADSTS_ROWS.filter(
      ({ group, codes }) => group && !codes.some((code) => grouped.has(code)),
    );
    // 530002 and 530003 stand in the rows of 53000 and 53001, 90095 in that of 90094, and so on.
    expect(strays).toEqual([]);
  });

  it('are never retried at once where that locks an account or feeds a loop', () => {
    expect([50053, 50196].map((code) => aadsts(code)?.retry)).toEqual(['wait', 'wait']);
    expect([50126, 50055, 50057].map((code) => aadsts(code)?.retry)).not.toContain('back-off');
  });

  it('put first the item that the checklist names for them', () => {
    const main = (code: number) => aadsts(code)?.items[0];
    expect([50011, 81012, 65001, 90002, 7000215, 70008, 53003, 1002016, 80013, 50033].map(main)).toEqual([
      'C3',
      'C5',
      'X2',
      'X3',
      'X1',
      'C4',
      'X4',
      'X6',
      'X9',
      'X7',
    ]);
  });
});
