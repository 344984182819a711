import { CATALOGUE } from '@mailpath/checks';
import {
  CheckId,
  Cloud,
  Endpoint,
  HostName,
  InboundProtocol,
  Port,
  Roles,
  StandardTarget,
  TargetName,
} from '@mailpath/protocol';
import { z } from 'zod';
import { freeText, shownText } from '../../platform/fields.ts';
import {
  checkIds,
  clientIdForm,
  every,
  mailboxEvery,
  standardTargetName,
  targetNamedTwice,
  tenantForm,
  tooManyIssuers,
  tooManyTargets,
  webAddress,
  webAddressAlone,
} from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** Whose mailbox ECE signs in to: one account a mailbox, or one account for all of them (S38 to S45). */
export const AccountKind = z.enum(['mailbox', 'shared']).meta({ id: 'AccountKind' });
export type AccountKind = z.infer<typeof AccountKind>;

/** `delegated`: a user signs in (S27 to S33); `app-only`: the client credentials flow, for nobody in particular. */
export const SiteGrant = z.enum(['delegated', 'app-only']).meta({ id: 'SiteGrant' });
export type SiteGrant = z.infer<typeof SiteGrant>;

/**
 * Places to use instead of the cloud's own, by target; for `external-url`, instead of the one that the URL itself
 * names.
 */
export const TargetOverrides = z
  .partialRecord(z.enum([...StandardTarget.options, 'external-url']), Endpoint)
  .meta({ id: 'TargetOverrides' });
export type TargetOverrides = z.infer<typeof TargetOverrides>;

const KNOWN: ReadonlySet<string> = new Set(CATALOGUE.map(({ id }) => id));

/**
 * A further place that this site's servers must reach (S51, S55), with the check to aim at it and the roles that need
 * it.
 */
export const ExtraTarget = z
  .strictObject({
    name: TargetName.refine((name) => !StandardTarget.safeParse(name).success, {
      ...said(standardTargetName()),
    }),
    check: CheckId.refine((check) => KNOWN.has(check), {
      ...said(checkIds({ ids: [...KNOWN].join(', ') })),
    }),
    host: HostName,
    port: Port,
    roles: Roles,
  })
  .meta({ id: 'ExtraTarget' });
export type ExtraTarget = z.infer<typeof ExtraTarget>;

const ExtraTargets = z
  .array(ExtraTarget)
  .max(50, said(tooManyTargets()))
  .refine((all) => new Set(all.map((one) => one.name)).size === all.length, said(targetNamedTwice()));

const webUrl = said(webAddress());
const ExternalUrl = z
  .url({ protocol: /^https?$/, ...webUrl })
  .max(2048, webUrl)
  .refine((url) => {
    // What is no URL at all comes here as well; of that the first rule has spoken.
    const { username = '', password = '' } = URL.parse(url) ?? {};
    return username === '' && password === '' && url.isWellFormed() && !/\p{Cc}/u.test(url);
  }, said(webAddressAlone()));

const mailboxEverySeconds = said(mailboxEvery());
const MailboxEverySeconds = z
  .int(mailboxEverySeconds)
  .min(60, mailboxEverySeconds)
  .max(86_400, mailboxEverySeconds)
  .nullable();

const tenant = said(tenantForm());
const Tenant = freeText(255).regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/, tenant);

const everySeconds = said(every());
const EverySeconds = z.int(everySeconds).min(10, everySeconds).max(86_400, everySeconds);

const fields = {
  name: shownText(100),
  version: shownText(40).nullable(),
  esLevel: shownText(40).nullable(),
  externalUrl: ExternalUrl.nullable(),
  cloud: Cloud,
  tenant: Tenant.nullable(),
  clientId: z.guid(said(clientIdForm())).nullable(),
  inboundProtocol: InboundProtocol,
  accountKind: AccountKind.nullable(),
  /** The redirect URI as ECE's own screen shows it, character by character (S25); it is judged, not refused. */
  redirectUri: freeText(2048).nullable(),
  /** The address at which the administration console is opened (S23). */
  adminConsoleUrl: ExternalUrl.nullable(),
  /** How mail accounts sign in: as a user (what ECE does), or as the application itself. */
  grant: SiteGrant,
  /** How often the mailboxes are signed in to; null for only when asked. */
  mailboxEverySeconds: MailboxEverySeconds,
  /**
   * Whose certificates, by the organisation in the issuer's name, are as good as Microsoft's at this site: a proxy that
   * it wants.
   */
  expectedIssuers: z.array(shownText(200)).max(20, said(tooManyIssuers())),
  targets: TargetOverrides,
  extraTargets: ExtraTargets,
  everySeconds: EverySeconds,
};

/** Body of `POST /v1/sites`. */
export const SiteCreation = z
  .strictObject({
    ...fields,
    version: fields.version.default(null),
    esLevel: fields.esLevel.default(null),
    externalUrl: fields.externalUrl.default(null),
    cloud: fields.cloud.default('worldwide'),
    tenant: fields.tenant.default(null),
    clientId: fields.clientId.default(null),
    inboundProtocol: fields.inboundProtocol.default('undecided'),
    accountKind: fields.accountKind.default(null),
    redirectUri: fields.redirectUri.default(null),
    adminConsoleUrl: fields.adminConsoleUrl.default(null),
    grant: fields.grant.default('delegated'),
    mailboxEverySeconds: fields.mailboxEverySeconds.default(900),
    expectedIssuers: fields.expectedIssuers.default([]),
    targets: fields.targets.default({}),
    extraTargets: fields.extraTargets.default([]),
    everySeconds: fields.everySeconds.default(60),
  })
  .meta({ id: 'SiteCreation' });
export type SiteCreation = z.infer<typeof SiteCreation>;

/** Body of `PATCH /v1/sites/{siteId}`: what is left out stays; `targets` and `extraTargets` are replaced as a whole. */
export const SiteChange = z.strictObject(fields).partial().meta({ id: 'SiteChange' });
export type SiteChange = z.infer<typeof SiteChange>;

/** What a change can set: the version of a site is made of these. */
export const SITE_FIELDS = Object.keys(SiteChange.shape);

export const Site = z
  .object({ id: z.uuid(), ...fields, createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof Site>;
