import type { Application } from '../../../apps/stand-in/src/directory.ts';
import type { Fault } from '../faults.ts';
import type { Ground } from '../ground.ts';

const SALES = 'sales@contoso.example';

/** Entra ID gives this answer at the sign-in host, to one user or to all. */
const says = (id: string, name?: string): Fault => ({
  at: (ground, server) => ground.add(server, 'login', name === undefined ? { id } : { id, name }),
});

const registration = (change: (application: Application) => void): Fault => ({
  inTenant({ standIn }) {
    for (const application of standIn.directory.applications.values()) change(application);
  },
});

const setUp = (change: (setUp: Ground['setUp']) => void): Fault => ({
  setUp: (ground) => change(ground.setUp),
});

const graph = 'https://graph.microsoft.com';
const outlook = 'https://outlook.office.com';

export const FAULTS = {
  'the client secret was replaced': registration((application) => {
    application.secrets = [{ value: 'another-secret', expiresAt: new Date('2099-01-01') }];
  }),
  'the client secret has expired': registration((application) => {
    application.secrets = application.secrets.map(({ value }) => ({ value, expiresAt: new Date(0) }));
  }),
  'the consent was taken back': registration((application) => {
    application.scopes = [];
  }),
  'the redirect URI is not registered': registration((application) => {
    application.redirectUris = ['https://old.contoso.example/system/oauth/callback'];
  }),
  'the application is disabled': registration((application) => {
    application.enabled = false;
  }),
  'the application is gone': {
    inTenant: ({ standIn }) => standIn.directory.applications.clear(),
  },
  'the tenant is that of nobody': setUp((site) => {
    site.tenant = 'fabrikam.example';
  }),
  'somebody else signed in for sales': setUp(({ signsInAs }) => {
    signsInAs.set(SALES, 'admin@contoso.example');
  }),
  'the permissions of Microsoft Graph were asked for': setUp((site) => {
    site.scopes = [`${graph}/IMAP.AccessAsUser.All`, `${graph}/SMTP.Send`];
  }),
  'the permission to send was not asked for': setUp((site) => {
    site.scopes = [`${outlook}/IMAP.AccessAsUser.All`];
  }),
  'the permission to fetch was not asked for': setUp((site) => {
    site.scopes = [`${outlook}/SMTP.Send`];
  }),
  'the user sales is unknown': says('AADSTS50034', SALES),
  'the user sales is disabled': says('AADSTS50057', SALES),
  'the password of sales has expired': says('AADSTS50055', SALES),
  'the user sales is not assigned to the application': says('AADSTS50105', SALES),
  'the grant of sales was revoked': says('AADSTS50173', SALES),
  'the grant of sales was not used for too long': says('AADSTS700082', SALES),
  'the sign-in frequency ended the grant of sales': says('AADSTS70043', SALES),
  'multi-factor authentication is wanted': says('AADSTS50076'),
  'Conditional Access blocks the sign-in': says('AADSTS53003'),
  'a device that is compliant is wanted': says('AADSTS53000'),
  'security defaults block the sign-in': says('AADSTS530035'),
  'Entra ID throttles the tenant': says('AADSTS90055'),
  'Entra ID has a transient error': says('AADSTS90033'),
  'an on-premises agent of Entra ID is not reached': says('AADSTS80001'),
  'the resource is not in the tenant': says('AADSTS500011'),
  'the token endpoint answers 503': says('HTTP-503'),
  'the token endpoint answers with a page': says('HTML-PAGE'),
} satisfies Record<string, Fault>;
