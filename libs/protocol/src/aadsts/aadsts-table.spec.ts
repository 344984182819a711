import { describe, expect, it } from 'vitest';
import { AADSTS_CAUSES, type AadstsCause } from './aadsts-row.ts';
import { aadsts, AADSTS_ROWS, type AadstsNumber, aadstsOutcome } from './aadsts-table.ts';

/** Every number of the reference, written out: a row that gets lost is missed here. */
const CODES = `
  16000 16003 28002 28003 50000 50001 50002 50003 50005 50011 50012 50013 50014 50020 50033 50034 50049 50050 50053 50055 50056 50057 50058 50059 50064 50072 50074 50076 50078 50079 50085 50087 50088 50089 50097 50105 50107 50125 50126 50128 50129 50131 50132 50133 50134 50135 50140 50144 50147 50155 50158 50173 50187 50192 50194 50196 50197 50199 51004 53000 53001 53002 53003 53004 53010 53011 54005 65001 65002 65004 65005 70000 70001 70002 70003 70004 70005 70007 70008 70011 70012 70016 70018 70019 70043 80001 80002 80005 80007 80010 80012 80013 80014 81004 81005 81006 81009 81010 81011 81012 90002 90004 90006 90008 90012 90013 90014 90015 90019 90023 90024 90033 90036 90038 90043 90051 90055 90056 90072 90090 90094 90095 90099 90100 90102 90124 90130 135011 140000 500011 500014 500021 500022 500112 500113 500133 500200 500201 500208 500212 500213 500341 501481 501491 530002 530003 530032 530035 530084 650052 650053 650054 650056 650057 700005 700011 700016 700020 700022 700023 700025 700027 700030 700054 700081 700082 700084 900023 900144 900382 900432 900561 900971 901002 1002012 1002016 5000224 7000012 7000112 7000114 7000215 7000218 7000222 7000229 9001023 9002313 9002325 9002327 9002332
`
  .trim()
  .split(/\s+/)
  .map(Number);

const ascending = (a: number, b: number): number => a - b;

/** Numbers of each cause, written out: one that gets another cause is missed here. */
const OF_CAUSE: Readonly<Record<Exclude<AadstsCause, 'token.denied'>, readonly AadstsNumber[]>> = {
  'token.secret': [70002, 7000215, 7000222, 7000218, 50012, 50003, 700027, 700030, 50013, 500133],
  'token.consent': [
    65001, 65002, 65004, 65005, 650053, 650054, 650056, 650057, 90008, 90094, 90095, 90099, 70011, 28002,
    28003, 700022, 700023,
  ],
  'token.redirect-platform': [700084, 9002325, 9002327],
  'token.other-tenant-grant': [7000012, 700005],
  'token.redirect': [50011, 500113, 900971, 70004],
  'token.registration': [
    700016, 700011, 700025, 70001, 7000112, 7000229, 90002, 900023, 90019, 50059, 50128, 50194, 5000224,
    9001023, 90038, 90043, 90051, 900382, 900432, 9002332, 90124, 90130, 500011, 50001,
  ],
  'token.account': [
    50034, 50053, 50055, 50056, 50057, 50064, 50126, 50105, 50144, 50020, 50014, 51004, 16000, 16003, 90072,
    500200, 500201, 500208, 500341, 50197, 81012,
  ],
  'token.revoked': [50173, 70000, 70008, 700082, 700081, 70043, 50132, 50133, 50085, 50089],
  'token.policy': [
    50005, 50072, 50074, 50076, 50078, 50079, 50097, 50129, 50131, 50155, 50158, 50187, 500212, 500213, 53000,
    530002, 53001, 530003, 53002, 53003, 53004, 53010, 53011, 530032, 530035, 530084, 700020,
  ],
  'token.restricted': [50002, 500021, 500022],
  'token.unavailable': [
    50000, 50033, 50087, 50088, 70012, 80001, 80002, 80005, 80007, 80010, 80012, 80014, 90006, 90012, 90024,
    90033, 90090,
  ],
  throttled: [90055, 50196],
};

describe('the error numbers of Entra ID', () => {
  it('are all there, each once', () => {
    const inTable = AADSTS_ROWS.flatMap(({ codes }) => codes);
    expect(CODES).toHaveLength(189);
    expect(inTable.toSorted(ascending)).toEqual(CODES);
  });

  it.each(CODES)('resolve: AADSTS%i', (code) => {
    expect(aadsts(code)?.codes).toContain(code);
  });

  it('that are listed nowhere stay unknown', () => {
    for (const code of [0, -1, 1, 5000, 500760, Number.NaN, Number.MAX_SAFE_INTEGER])
      expect(aadsts(code)).toBeNull();
  });

  it.each(Object.entries(OF_CAUSE))('have the cause %s, and no others have it', (cause, codes) => {
    const own = AADSTS_ROWS.filter((row) => row.cause === cause).flatMap((row) => row.codes);
    expect(own.toSorted(ascending)).toEqual(codes.toSorted(ascending));
  });

  it('are a refusal for good, but for those that pass by themselves and those that ask to slow down', () => {
    for (const code of CODES) {
      const outcome = OF_CAUSE.throttled.includes(code as AadstsNumber)
        ? 'throttled'
        : OF_CAUSE['token.unavailable'].includes(code as AadstsNumber)
          ? 'unavailable'
          : 'denied';
      expect([code, aadstsOutcome(code)]).toEqual([code, outcome]);
    }
    expect([null, 0, 123_456].map(aadstsOutcome)).toEqual(['denied', 'denied', 'denied']);
  });

  it('are asked for again by the program only where they pass by themselves', () => {
    const again = AADSTS_ROWS.filter(({ retry }) => retry === 'back-off');
    // 70016 is no fault: nobody has signed in with the device code yet.
    expect(again.flatMap(({ codes }) => codes).toSorted(ascending)).toEqual(
      [...OF_CAUSE['token.unavailable'], 90055, 70016].toSorted(ascending),
    );
  });

  it('that have no row do not compile where one is meant', () => {
    // @ts-expect-error: 500760 is in no row
    const unknown: AadstsNumber = 500760;
    expect(aadsts(unknown)).toBeNull();
    expect(new Set(AADSTS_ROWS.map(({ cause }) => cause))).toEqual(new Set(AADSTS_CAUSES));
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
