import { describe, expect, it } from 'vitest';
import { judgeVersion, readEceVersion } from './ece-version.ts';
import { english, siteWith } from '../testing/settings.ts';

describe('the version of ECE', () => {
  it.each<[string, string | null, string, number, number | null, number | null]>([
    ['12.6', null, '12.6', 1, null, null],
    ['12.6(1)', null, '12.6', 1, null, null],
    ['12.6.1', null, '12.6', 1, null, null],
    ['12.6(1)_ES5', null, '12.6', 1, 5, null],
    ['12.6(1) es5', null, '12.6', 1, 5, null],
    ['12.6(1)ES5', null, '12.6', 1, 5, null],
    ['ECE 12.6(2)', 'ES5', '12.6', 2, 5, null],
    ['11.6(1)', 'ES12_ET1', '11.6', 1, 12, 1],
    ['11.6(1) ES12 ET1', null, '11.6', 1, 12, 1],
    ['11.6.1_es12_et1', 'ES12_ET1', '11.6', 1, 12, 1],
    ['15.0', ' ES1 ', '15.0', 1, 1, null],
  ])('is read from "%s" and %j', (version, level, release, maintenance, es, et) => {
    expect(readEceVersion(version, level)).toEqual({ release, maintenance, es, et });
  });

  it.each([
    ['latest', null],
    ['12', null],
    ['12.6(1', null],
    ['12.6(1) ES', null],
    ['12.6(1) SP2', null],
    ['12.6(1)', '5'],
    ['12.6(1) ES5', 'ES6'],
    ['12.6(1) ES5', 'ES5_ET1'],
    ['1'.repeat(40), null],
  ])('is not guessed from "%s" and %j', (version, esLevel) => {
    expect(readEceVersion(version, esLevel)).toBeNull();
    expect(judgeVersion(siteWith({ version, esLevel })).verdict).toBe('cannot-tell');
  });

  it.each<[string | null, string | null, string, string[]]>([
    [null, null, 'cannot-tell', ['S9', 'S10']],
    ['11.5', 'ES20', 'broken', ['S9', 'S11']],
    ['9.0(5)', null, 'broken', ['S9', 'S11']],
    ['11.6(1)', 'ES11', 'broken', ['S9', 'S11', 'S15']],
    ['11.6(1)', 'ES12', 'broken', ['S9', 'S11', 'S15']],
    ['11.6(1)', 'ES12_ET1', 'holds', ['S11', 'S15']],
    ['11.6(1)', 'ES12_ET2', 'cannot-tell', ['S11']],
    ['11.6(1)', 'ES13', 'cannot-tell', ['S11']],
    ['11.6(1)', 'ES13_ET1', 'cannot-tell', ['S11']],
    ['12.0(1)', 'ES5', 'broken', ['S9', 'S12', 'S15']],
    ['12.0(1)', 'ES6', 'holds', ['S12', 'S15']],
    ['12.5(1)', 'ES2_ET9', 'broken', ['S9', 'S13', 'S15']],
    ['12.5(1)', 'ES3', 'holds', ['S13', 'S15']],
    ['12.6(1)', null, 'cannot-tell', ['S14']],
    ['12.6(1)', 'ES0', 'broken', ['S9', 'S14', 'S15']],
    ['12.6(1)', 'ES1', 'holds', ['S14', 'S15']],
    ['12.6(2)', null, 'cannot-tell', ['S10', 'S15']],
    ['12.10', null, 'cannot-tell', ['S10', 'S15']],
    ['12.1', 'ES9', 'cannot-tell', ['S10', 'S15']],
    ['15.0(1)', null, 'cannot-tell', ['S10', 'S15']],
  ])('%s with %s: %s', (version, esLevel, verdict, statements) => {
    const judged = judgeVersion(siteWith({ version, esLevel }));
    expect(judged).toMatchObject({ item: 'C1', subject: 'Tokyo', verdict, statements });
    expect(judged.nextStep).not.toBeNull();
  });

  it('says of a later release that it is later, and of one in between that no minimum is known', () => {
    const sentence = (version: string): string =>
      english(judgeVersion(siteWith({ version, esLevel: null })).sentence);
    expect(sentence('12.10')).toContain('is later than the releases');
    expect(sentence('12.1')).toContain('names no minimum');
  });
});
