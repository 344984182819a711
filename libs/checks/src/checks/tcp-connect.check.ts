import { defineCheck } from '../check.ts';

export const tcpConnect = defineCheck({
  id: 'tcp.connect',
  title: 'A port is open',
  proves: 'An additional port that this site needs is open from here; not who answers on it.',
  target: null,
  statements: ['S51', 'S55'],
  needs: 'direct-path',
  async run(_, network) {
    await network.openTcp();
  },
});
