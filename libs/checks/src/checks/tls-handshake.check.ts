import { defineCheck } from '../check.ts';
import { openTls } from '../io/tls.ts';

export const tlsHandshake = defineCheck({
  id: 'tls.handshake',
  title: 'A port answers TLS',
  proves: 'An additional TLS port that this site needs answers with a certificate that is valid here.',
  target: null,
  statements: ['S51', 'S55'],
  async run(probe) {
    await openTls(probe);
  },
});
