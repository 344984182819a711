import { expect, it } from 'vitest';
import { calledAs } from './called-as.ts';

const base = { cwd: '/srv/mailpath', npmScript: undefined };

it.each([
  [{ ...base, script: '/srv/mailpath/apps/agent/src/main.ts', npmScript: 'agent' }, 'npm run -s agent --'],
  [
    { ...base, script: '/srv/mailpath/apps/agent/src/main.ts', npmScript: 'test' },
    'node apps/agent/src/main.ts',
  ],
  [{ ...base, script: '/srv/mailpath/mailpath-agent.cjs' }, 'node mailpath-agent.cjs'],
  [
    { ...base, script: '/opt/mailpath-agent/mailpath-agent.cjs' },
    'node /opt/mailpath-agent/mailpath-agent.cjs',
  ],
  [{ ...base, script: '/opt/my agent/mailpath-agent.cjs' }, 'node "/opt/my agent/mailpath-agent.cjs"'],
  [{ ...base, script: '/usr/local/bin/mailpath-agent' }, 'mailpath-agent'],
  [{ ...base, script: '/opt/Mailpath Agent/mailpath-agent.exe' }, '"/opt/Mailpath Agent/mailpath-agent.exe"'],
  [{ ...base, script: undefined }, 'mailpath-agent'],
])('%j is called as %s', (invocation, called) => expect(calledAs(invocation)).toBe(called));
