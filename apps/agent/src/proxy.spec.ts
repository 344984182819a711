import { describe, expect, it } from 'vitest';
import { checkProxySetting, proxyRule } from './proxy.ts';

const target = { host: 'login.test', port: 443 };
const inEnvironment = (url: string | null, noProxy = '') => proxyRule('env', () => ({ url, noProxy }));

describe('the proxy of a setting', () => {
  it('holds for every target when it is a URL, whatever the surroundings say', () => {
    const rule = proxyRule('http://proxy.test:8080', () => ({ url: 'http://other.test', noProxy: '*' }));
    expect(rule(target)?.href).toBe('http://proxy.test:8080/');
  });

  it.each([
    ['http://proxy.test:8080', 'http://proxy.test:8080/'],
    ['proxy.test:8080', 'http://proxy.test:8080/'],
    ['ann:secret@proxy.test:8080', 'http://ann:secret@proxy.test:8080/'],
    ['socks5://proxy.test', 'socks5://proxy.test'],
    [null, undefined],
  ])('is, with env and %s in the environment, %s', (url, href) => {
    expect(inEnvironment(url)(target)?.href).toBe(href);
  });

  it('leaves out, with env, what NO_PROXY exempts', () => {
    const rule = inEnvironment('http://proxy.test:8080', 'login.test');
    expect(rule(target)).toBeNull();
    expect(rule({ host: 'outlook.test', port: 443 })).not.toBeNull();
  });

  it('is refused in one line that does not repeat it, for it may hold a password', () => {
    for (const url of ['https://ann:secret@proxy.test', 'ann:secret@', 'http://ann:secret@proxy.test/x']) {
      expect(() => inEnvironment(url)).toThrow(
        expect.objectContaining({
          name: 'CannotRun',
          message: expect.stringMatching(
            /^the proxy of the environment \(HTTPS_PROXY, ALL_PROXY\): (?!.*secret)/,
          ),
        }) as Error,
      );
    }
    expect(() => checkProxySetting('ENV')).toThrow(/^write http:\/\/host:port or socks5:/);
    expect(() => checkProxySetting('env')).not.toThrow();
  });
});
