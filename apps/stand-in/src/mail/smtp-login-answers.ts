import { rowsOf } from './answer.ts';

const row = rowsOf('smtp');
const UNSUCCESSFUL = '535 5.7.139 Authentication unsuccessful,';
const SEE_DISABLED = 'Visit https://aka.ms/smtp_auth_disabled for more information. [<trace>]';
/** {"status":"401","schemes":"bearer","scope":"https://outlook.office365.com/"} */
const CHALLENGE = Buffer.from(
  JSON.stringify({ status: '401', schemes: 'bearer', scope: 'https://outlook.office365.com/' }),
).toString('base64');

/** Signing in to submission. */
export const SMTP_LOGIN_ANSWERS = [
  row(
    'smtp-token-refused',
    'D1',
    'the sign-in is refused',
    'login',
    '535 5.7.3 Authentication unsuccessful [<trace>]',
  ),
  row(
    'smtp-auth-disabled-tenant',
    'D2',
    'SMTP AUTH is off for the tenant',
    'login',
    `${UNSUCCESSFUL} SmtpClientAuthentication is disabled for the Tenant. ${SEE_DISABLED}`,
  ),
  row(
    'smtp-auth-disabled-mailbox',
    'D3',
    'SMTP AUTH is off for the mailbox',
    'login',
    `${UNSUCCESSFUL} SmtpClientAuthentication is disabled for the Mailbox. ${SEE_DISABLED}`,
  ),
  row(
    'smtp-basic-authentication-disabled',
    'D4',
    'a password is refused',
    'password',
    `${UNSUCCESSFUL} basic authentication is disabled. [<trace>]`,
  ),
  row(
    'smtp-credentials-incorrect',
    'D5',
    'a wrong password',
    'login',
    `${UNSUCCESSFUL} the user credentials were incorrect. [<trace>]`,
  ),
  row(
    'smtp-policy-criteria-not-met',
    'D6',
    'a policy refuses the sign-in',
    'login',
    `${UNSUCCESSFUL} the request did not meet the criteria to be authenticated successfully. Contact your administrator. [<trace>]`,
  ),
  row(
    'smtp-security-defaults',
    'D7',
    'security defaults refuse the sign-in',
    'login',
    `${UNSUCCESSFUL} user is locked by your organization's security defaults policy. Contact your administrator. [<trace>]`,
  ),
  row(
    'smtp-federation-unreachable',
    'D8',
    'the federation server is not reached',
    'login',
    `${UNSUCCESSFUL} federated STS service was unreachable. [<trace>]`,
  ),
  row(
    'smtp-federation-without-https',
    'D8.2',
    'the federation server has no HTTPS',
    'login',
    `${UNSUCCESSFUL} the federated STS URL does not support HTTPS. [<trace>]`,
  ),
  row(
    'smtp-authentication-type-unrecognized',
    'D10',
    'the mechanism is not offered here',
    'auth',
    '504 5.7.4 Unrecognized authentication type [<trace>]',
  ),
  row('smtp-error-challenge', 'D32', 'a challenge in the style of Google', 'login', `334 ${CHALLENGE}`, {
    followedBy: 'smtp-token-refused',
  }),
  row(
    'smtp-temporary-authentication-failure',
    'D33',
    'a fault of the service at the sign-in',
    'login',
    '454 4.7.0 Temporary authentication failure [<trace>]',
  ),
];
