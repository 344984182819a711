import type { components } from '../api/schema.ts';
import type { Words } from '../words/en.ts';

type Schemas = components['schemas'];

/** What each form sends, by the operation that reads it. */
interface Bodies {
  changeSite: Schemas['SiteChange'];
  createSite: Schemas['SiteCreation'];
  createServer: Schemas['ServerCreation'];
  createMailbox: Schemas['MailboxCreation'];
  createBaseline: Schemas['BaselineCreation'];
  createUser: Schemas['UserCreation'];
  createApiKey: Schemas['ApiKeyCreation'];
  changePassword: Schemas['PasswordChange'];
  setClientSecret: Schemas['ClientSecretSetting'];
  setClientCertificate: Schemas['ClientCertificateSetting'];
  readAuthorizeUrl: Schemas['PastedAuthorizeUrl'];
  beginUpgrade: Schemas['UpgradeCreation'];
}
export type FormName = keyof Bodies;

/** The label of each field; null for what the form does not ask for, of which it speaks by the API's name. */
type Labels = { [Form in FormName]: { [Field in keyof Required<Bodies[Form]>]: string | null } };

/** Of a site's fields, what no form asks for. */
const NOT_ASKED = {
  accountKind: null,
  adminConsoleUrl: null,
  cloud: null,
  expectedIssuers: null,
  extraTargets: null,
  grant: null,
  targets: null,
};

/** A field that an operation reads and that stands in no line here does not compile. */
const LABELS: { [Form in FormName]: (words: Words) => Labels[Form] } = {
  changeSite: ({ settings }) => ({
    name: settings.name,
    version: settings.version,
    esLevel: settings.esLevel,
    externalUrl: settings.externalUrl,
    tenant: settings.tenant,
    clientId: settings.clientId,
    redirectUri: settings.redirectUri,
    inboundProtocol: settings.protocol,
    everySeconds: settings.every,
    mailboxEverySeconds: settings.mailboxEvery,
    ...NOT_ASKED,
  }),
  createSite: ({ sites }) => ({
    name: sites.add,
    version: null,
    esLevel: null,
    externalUrl: null,
    tenant: null,
    clientId: null,
    redirectUri: null,
    inboundProtocol: null,
    everySeconds: null,
    mailboxEverySeconds: null,
    ...NOT_ASKED,
  }),
  createServer: ({ servers }) => ({ name: servers.name, roles: servers.roles }),
  createMailbox: ({ mailboxes }) => ({
    address: mailboxes.address,
    userName: mailboxes.user,
    roundTrip: mailboxes.roundTrip,
    imapEnabled: null,
    popEnabled: null,
    smtpAuthEnabled: null,
    licence: null,
  }),
  createBaseline: ({ past }) => ({ name: past.name, at: past.at }),
  createUser: ({ people }) => ({ name: people.name, role: people.everywhere, sites: null, password: null }),
  createApiKey: ({ keys }) => ({ name: keys.name, role: keys.role, siteId: null, expiresAt: null }),
  changePassword: ({ account }) => ({ present: account.present, next: account.next }),
  setClientSecret: ({ settings }) => ({ secret: settings.secretValue, expiresOn: settings.secretDay }),
  setClientCertificate: ({ settings }) => ({
    certificate: settings.certificatePem,
    privateKey: settings.certificateKey,
  }),
  readAuthorizeUrl: ({ settings }) => ({ url: settings.url, apply: null }),
  beginUpgrade: ({ upgrades }) => ({
    first: upgrades.goesFirst,
    groups: upgrades.follow,
    hours: upgrades.when,
    bundle: null,
    manifest: null,
  }),
};

/** The label of a form's field, by the API's name of it; null where the form has no such field. */
export function labelOf(form: FormName, field: string, words: Words): string | null {
  const labels: Readonly<Record<string, string | null>> = LABELS[form](words);
  return Object.hasOwn(labels, field) ? (labels[field] ?? null) : null;
}

/** The name of the form's field that a refusal speaks of: of `hours.to` it is `hours`. */
export const fieldOf = (path: string): string => path.split('.')[0] ?? path;

/** What a form asks for, by the API's names. */
export const asked = (form: FormName, words: Words): readonly string[] =>
  Object.entries(LABELS[form](words)).flatMap(([field, label]) => (label === null ? [] : [field]));

export const FORMS = Object.keys(LABELS) as FormName[];
