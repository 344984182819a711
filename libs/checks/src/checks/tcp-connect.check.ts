import { defineCheck } from '../check.ts';
import { openTcp } from '../io/tcp.ts';

export const tcpConnect = defineCheck({
  id: 'tcp.connect',
  title: 'A port is open',
  proves: 'An additional port that this site needs is open from here; not who answers on it.',
  target: null,
  statements: ['S51', 'S55'],
  async run(probe) {
    await openTcp(probe);
  },
});
