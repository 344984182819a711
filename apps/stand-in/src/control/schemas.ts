import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MailAddress } from '@mailpath/protocol';
import { whyNotRegistrable } from '../entra/redirect-uri.ts';
import { FaultBody } from './fault-schema.ts';

const DAY_SECONDS = 86_400;
/** The faults of one address, all at once. */
export const FaultsBody = z.strictObject({ faults: z.array(FaultBody).max(100) });

const Name = z.string().min(1).max(320);

export const TenantBody = z.strictObject({
  id: z.guid('write a GUID'),
  domain: z
    .string()
    .regex(/^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'write a domain such as contoso.example'),
  smtpAuthDisabled: z.boolean().default(false),
  accessTokenSeconds: z.int().min(1).max(DAY_SECONDS).default(3_900),
});

export const ClientId = z.guid('a client id is a GUID');
export const UserName = MailAddress;

const RedirectUri = z.string().superRefine((uri, context) => {
  const why = whyNotRegistrable(uri);
  if (why !== null) context.addIssue({ code: 'custom', message: why });
});

export const ApplicationBody = z.strictObject({
  secrets: z
    .array(
      z.strictObject({
        value: z.string().min(1).max(200),
        expiresAt: z.iso
          .datetime('write a time such as 2027-01-31T00:00:00Z')
          .transform((time) => new Date(time)),
      }),
    )
    .max(20)
    .default([]),
  certificates: z
    .array(
      z.strictObject({
        thumbprint: z.string().regex(/^[\w-]{43}$/, 'write the SHA-256 thumbprint in base64url'),
        publicKey: z.string().min(1).max(4_096),
        expiresAt: z.iso
          .datetime('write a time such as 2027-01-31T00:00:00Z')
          .transform((time) => new Date(time)),
      }),
    )
    .max(20)
    .default([]),
  redirectUris: z.array(RedirectUri).max(256).default([]),
  platform: z.enum(['web', 'spa', 'public']).default('web'),
  scopes: z.array(z.enum(['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'])).default([]),
  roles: z.array(z.enum(['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'])).default([]),
  enabled: z.boolean().default(true),
});

export const UserBody = z.strictObject({
  password: z.string().min(1).max(256),
  objectId: z.guid('write a GUID').default(() => randomUUID()),
  enabled: z.boolean().default(true),
  imapEnabled: z.boolean().default(true),
  popEnabled: z.boolean().default(true),
  smtpAuthDisabled: z.boolean().nullable().default(null),
});

export const MailboxBody = z.strictObject({
  licensed: z.boolean().default(true),
  fullAccess: z.array(Name).max(100).default([]),
  sendAs: z.array(Name).max(100).default([]),
  full: z.boolean().default(false),
});
