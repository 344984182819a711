import { describe, expect, it } from 'vitest';
import { readCommandLine, SETTINGS, type Usage } from './command-line.ts';

const usage: Usage = {
  command: 'npm run demo',
  does: { en: 'Shows it.', ja: '表示します。' },
  flags: { exit: { en: 'end afterwards', ja: '終了する' } },
  settings: SETTINGS,
};
const read = (...args: string[]) => readCommandLine(args, usage, 'en');

describe('what is said to a launcher', () => {
  it('is help, whatever else is said', () => {
    for (const args of [['--help'], ['-h'], ['--exit', '--help']]) {
      const { told } = read(...args);
      for (const word of ['npm run demo', 'Shows it.', '--exit', 'end afterwards', '--help', 'MAILPATH_HOME'])
        expect(told).toContain(word);
      expect(read(...args)).toMatchObject({ exitCode: 0 });
    }
  });

  it('is help in Japanese as well', () => {
    const { told } = readCommandLine(['--help'], usage, 'ja');
    for (const word of ['使い方:', '表示します。', '終了する', '設定']) expect(told).toContain(word);
  });

  it('is what to do', () => {
    expect(read()).toEqual({ told: null, flags: new Set() });
    expect(read('--exit')).toEqual({ told: null, flags: new Set(['exit']) });
  });

  it.each([[['--port', '1']], [['--exit=yes']], [['now']], [['-x']]])('is refused: %j', (args) => {
    expect(read(...args)).toMatchObject({
      exitCode: 2,
      told: expect.stringMatching(/does not know .*--help/),
    });
  });
});
