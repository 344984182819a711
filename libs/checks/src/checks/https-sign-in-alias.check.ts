import { defineCheck } from '../check.ts';
import { signIn } from './https-sign-in.check.ts';

export const httpsSignInAlias = defineCheck({
  id: 'https.sign-in-alias',
  title: 'Microsoft sign-in answers under its second name',
  proves: 'The other name of the sign-in host, which browsers and the checklist use, is reached too.',
  target: 'login-alias',
  statements: ['S32', 'S46', 'S52', 'S56', 'S57'],
  needs: 'web',
  run: signIn,
});
