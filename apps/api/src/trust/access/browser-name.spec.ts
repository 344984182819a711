import { describe, expect, it } from 'vitest';
import { browserOf } from './browser-name.ts';

const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const GOOGLE = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

describe('the name of a browser', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${GOOGLE}`, 'Chrome', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${GOOGLE} Edg/156.0.0.0`, 'Edge', 'Windows'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${GOOGLE} OPR/120.0.0.0`, 'Opera', 'Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
      'Firefox',
      'Windows',
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/26.0 Safari/605.1.15`,
      'Safari',
      'macOS',
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) ${APPLE} CriOS/156.0 Mobile/15E148 Safari/604.1`,
      'Chrome',
      'iOS',
    ],
    [
      `Mozilla/5.0 (iPad; CPU OS 26_0 like Mac OS X) ${APPLE} FxiOS/150.0 Mobile/15E148 Safari/605.1.15`,
      'Firefox',
      'iPadOS',
    ],
    [`Mozilla/5.0 (Linux; Android 16; Pixel 10) ${GOOGLE}`, 'Chrome', 'Android'],
    [`Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) ${GOOGLE}`, 'Chrome', 'ChromeOS'],
    ['curl/8.14.1', null, null],
    ['<script>alert(1)</script>', null, null],
    [`${' '.repeat(10_000)}Firefox/150.0`, null, null],
    [undefined, null, null],
  ])('of %j is %s on %s', (userAgent, browser, system) => {
    expect(browserOf(userAgent)).toEqual({ browser, system });
  });
});
