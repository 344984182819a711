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
