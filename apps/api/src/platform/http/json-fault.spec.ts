import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault, repeatedName } from './json-fault.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where a text stops being JSON', () => {
  it.each([
    ['{"name": "x",}', 1, 14, 'name'],
    ['{"name": "x"\n "cloud": "y"}', 2, 2, 'comma-or-end'],
    ['{"name": x}', 1, 10, 'value'],
    ['{name: 1}', 1, 2, 'name-or-end'],
    ["{'name': 1}", 1, 2, 'name-or-end'],
    ['{"a" 1}', 1, 6, 'colon'],
    ['[1, 2', 1, 6, 'comma-or-end'],
    ['{"a": 01}', 1, 7, 'value'],
    ['{"a": "b\nc"}', 1, 7, 'value'],
    ['{} {}', 1, 4, 'nothing'],
    ['[1}', 1, 3, 'comma-or-end'],
  ])('is said of %s', (text, line, column, lack) => {
    expect(jsonFault(text)).toEqual({ line, column, lack });
  });

  it('agrees with JSON.parse over values that lost, gained or changed one character', () => {
    const marks = fc.constantFrom(
      '',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '0',
      '-',
      'e',
      '.',
      ' ',
      '\n',
      '\\',
      'n',
    );
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat(2), marks, (json, seed, cut, mark) => {
        const at = seed % (json.length + 1);
        const text = json.slice(0, at) + mark + json.slice(at + cut);
        expect({ text, isJson: jsonFault(text) === null }).toEqual({ text, isJson: parses(text) });
      }),
      { numRuns: 3_000, seed: 20_261_128 },
    );
  });

  it('goes as deep as the brackets do', () => {
    expect(jsonFault('['.repeat(400_000))).toMatchObject({ line: 1, column: 400_001 });
  });
});

describe('a name that stands twice in its object', () => {
  it.each([
    ['{"a": 1, "a": 2}', { line: 1, column: 10, name: 'a' }],
    ['{"a": [{"b": 1,\n "\\u0062": {}}]}', { line: 2, column: 2, name: 'b' }],
    ['{"a": {"a": ["a", "a"]}, "b": [{"a": 1}, {"a": 2}]}', null],
    ['["a", "a"]', null],
    ['{"a": "b", "b": "a"}', null],
    ['"a"', null],
    ['{"toString": 1, "__proto__": 2}', null],
  ])('is found in %s', (text, found) => {
    expect(repeatedName(text)).toEqual(found);
  });

  it('is in no text that was written from an object, whatever is in it', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const written = JSON.stringify(JSON.parse(json));
        expect({ written, twice: repeatedName(written) }).toEqual({ written, twice: null });
      }),
      { numRuns: 1_000, seed: 20_261_128 },
    );
  });
});
