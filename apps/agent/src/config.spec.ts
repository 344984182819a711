import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const user = { platform: 'linux', root: false } as const;

describe('the state folder', () => {
  it.each([
    [{ MAILPATH_AGENT_HOME: '/srv/agent', HOME: '/home/ann' }, user, '/srv/agent'],
    [{ HOME: '/home/ann' }, user, '/home/ann/.local/state/mailpath-agent'],
    [{ HOME: '/home/ann', XDG_STATE_HOME: '/var/ann' }, user, '/var/ann/mailpath-agent'],
    [{ HOME: '/home/ann', XDG_STATE_HOME: 'relative' }, user, '/home/ann/.local/state/mailpath-agent'],
    [{ HOME: '/home/ann', MAILPATH_AGENT_HOME: '' }, user, '/home/ann/.local/state/mailpath-agent'],
    [{ HOME: '/root' }, { platform: 'linux', root: true }, '/var/lib/mailpath-agent'],
    [{ ProgramData: 'D:\\Data' }, { platform: 'win32', root: false }, 'D:\\Data\\mailpath-agent'],
    [{}, { platform: 'win32', root: false }, 'C:\\ProgramData\\mailpath-agent'],
  ] as const)('is, for %j on %j, %s', (env, machine, expected) => {
    expect(loadConfig(env, machine).stateDir).toBe(expected);
  });
});

describe('the surroundings’ proxy', () => {
  it.each([
    [{}, { url: null, noProxy: '' }],
    [
      { HTTPS_PROXY: 'http://a.test', https_proxy: 'http://b.test', ALL_PROXY: 'c' },
      { url: 'http://a.test', noProxy: '' },
    ],
    [
      { HTTPS_PROXY: '', https_proxy: 'http://b.test', NO_PROXY: 'x.test' },
      { url: 'http://b.test', noProxy: 'x.test' },
    ],
    [
      { ALL_PROXY: 'socks5://c.test', no_proxy: '*' },
      { url: 'socks5://c.test', noProxy: '*' },
    ],
    [{ all_proxy: 'socks5://d.test' }, { url: 'socks5://d.test', noProxy: '' }],
    // A proxy for plain HTTP is none for HTTPS.
    [{ HTTP_PROXY: 'http://e.test' }, { url: null, noProxy: '' }],
  ])('is, for %j, %j', (env, proxy) => {
    expect(loadConfig(env, user).proxy).toEqual(proxy);
  });
});
