import { defineCheck } from '../check.ts';

export const tlsHandshake = defineCheck({
  id: 'tls.handshake',
  title: 'A port answers TLS',
  proves: 'An additional TLS port that this site needs answers with a certificate that is valid here.',
  target: null,
  statements: ['S51', 'S55'],
  needs: 'direct-path',
  async run(_, network) {
    await network.openTls();
  },
});
