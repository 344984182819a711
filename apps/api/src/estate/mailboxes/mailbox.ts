import { MailAddress, TargetName } from '@mailpath/protocol';
import { z } from 'zod';
import { hiddenText } from '../../platform/field-refusals.ts';
import { hidesNothing, shownText } from '../../platform/fields.ts';
import { said } from '../../platform/refusal.ts';
import { pageOf } from '../../platform/page.ts';

/** Neither Exchange nor Entra tells addresses apart by case; in lower case everywhere, neither does anything here. */
export const Address = MailAddress.toLowerCase();

/** One that somebody enters: with what a mail or a page hides in it, no server would know it. */
export const EnteredAddress = Address.normalize('NFC').refine(hidesNothing, said(hiddenText()));

const asKnown = z.boolean().nullable();

const fields = {
  address: EnteredAddress,
  /** Whose sign-in opens it: its own account, or one that was given full access to several (S38 to S45). */
  userName: EnteredAddress,
  /** The Exchange licence, as the administrator knows it (S37). */
  licence: shownText(100).nullable(),
  /** Whether the protocols are enabled, as the administrator knows it (S34 to S36); null where nobody has looked. */
  imapEnabled: asKnown,
  popEnabled: asKnown,
  smtpAuthEnabled: asKnown,
  /** Whether messages of our own may be sent to it, looked for and deleted again. */
  roundTrip: z.boolean(),
};

/** Body of `POST /v1/sites/{siteId}/mailboxes`. */
export const MailboxCreation = z
  .strictObject({
    address: fields.address,
    userName: fields.userName.optional().describe('Left out, the mailbox has an account of its own.'),
    licence: fields.licence.default(null),
    imapEnabled: fields.imapEnabled.default(null),
    popEnabled: fields.popEnabled.default(null),
    smtpAuthEnabled: fields.smtpAuthEnabled.default(null),
    roundTrip: fields.roundTrip.default(false),
  })
  .meta({ id: 'MailboxCreation' });
export type MailboxCreation = z.infer<typeof MailboxCreation>;

/**
 * Body of `PATCH /v1/sites/{siteId}/mailboxes/{mailboxId}`: what is left out stays. The address is who it is, and
 * stays.
 */
export const MailboxChange = z
  .strictObject({
    userName: fields.userName,
    licence: fields.licence,
    imapEnabled: fields.imapEnabled,
    popEnabled: fields.popEnabled,
    smtpAuthEnabled: fields.smtpAuthEnabled,
    roundTrip: fields.roundTrip,
  })
  .partial()
  .meta({ id: 'MailboxChange' });
export type MailboxChange = z.infer<typeof MailboxChange>;

/** What a change can set: the version of a mailbox is made of these. */
export const MAILBOX_FIELDS = Object.keys(MailboxChange.shape);

/** A mailbox that the site fetches from or sends from. `name` is its target name in results. */
export const Mailbox = z
  .object({
    id: z.uuid(),
    siteId: z.uuid(),
    name: TargetName,
    ...fields,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Mailbox' });
export type Mailbox = z.infer<typeof Mailbox>;

export const MailboxPage = pageOf('MailboxPage', Mailbox);
