import { expect, test } from 'vitest';
import { proxyCredentials, proxyHost, proxyPort, readProxyUrl, shownProxy } from './proxy-url.ts';

test.each([
  ['http://proxy.test:8080', 'proxy.test', 8080, 'http://proxy.test:8080', null],
  ['http://proxy.test/', 'proxy.test', 80, 'http://proxy.test', null],
  ['socks5://[2001:db8::1]', '2001:db8::1', 1080, 'socks5://[2001:db8::1]', null],
  ['socks5h://proxy.test:9', 'proxy.test', 9, 'socks5h://proxy.test:9', null],
  [
    'http://ann:s%40crt@proxy.test:1',
    'proxy.test',
    1,
    'http://proxy.test:1',
    { user: 'ann', password: 's@crt' },
  ],
  ['http://ann@proxy.test:1', 'proxy.test', 1, 'http://proxy.test:1', { user: 'ann', password: '' }],
])('%s is understood, and shown without credentials', (text, host, port, shown, credentials) => {
  const url = readProxyUrl(text);
  expect([proxyHost(url), proxyPort(url), shownProxy(url)]).toEqual([host, port, shown]);
  expect(proxyCredentials(url)).toEqual(credentials);
});

test.each([
  ['', /write http:/],
  ['proxy.test:8080', /write http:/],
  ['https://ann:secret@proxy.test', /write http:/],
  ['socks4://proxy.test', /write http:/],
  ['socks5://', /write http:/],
  ['http://ann:secret@proxy.test:99999', /write http:/],
  ['http://ann:secret@proxy.test/pac', /has no path/],
  ['http://ann:secret@proxy.test?x=1', /has no path/],
  ['http://ann:secret%zz@proxy.test', /only as part of an escape/],
  [`http://ann:${'secret'.repeat(50)}@proxy.test`, /at most 255 bytes/],
  ['http://an%3An:secret@proxy.test', /must not contain a colon/],
])('%s is refused, without repeating it', (text, message) => {
  expect(() => readProxyUrl(text)).toThrow(message);
  expect(() => readProxyUrl(text)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') }) as Error,
  );
});
