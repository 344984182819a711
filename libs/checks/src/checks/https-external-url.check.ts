import { defineCheck } from '../check.ts';
import { reachWeb } from './https-reach.check.ts';

export const httpsExternalUrl = defineCheck({
  id: 'https.external-url',
  title: 'The site’s external URL answers over HTTPS',
  proves: 'The URL to which a sign-in comes back is reached from here with a certificate that is valid here.',
  target: null,
  statements: ['S16', 'S17', 'S22', 'S23'],
  needs: 'web',
  run: reachWeb,
});
