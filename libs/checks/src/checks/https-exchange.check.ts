import { defineCheck } from '../check.ts';
import { reachWeb } from './https-reach.check.ts';

export const httpsExchange = defineCheck({
  id: 'https.exchange',
  title: 'Exchange Online answers over HTTPS',
  proves: 'The Office 365 domain is reached on 443 with a certificate that is valid here.',
  target: 'exchange',
  statements: ['S46', 'S52', 'S53', 'S56', 'S57'],
  needs: 'web',
  run: reachWeb,
});
