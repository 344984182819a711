import { z } from 'zod';
import { refusedWith } from './bilingual.ts';

const LABEL = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
// linear: a name of 253 characters at most, and no label is longer than 63.
const HOST_NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);

/**
 * A DNS name in ASCII (RFC 1123, underscores allowed), or an IPv4 or IPv6 address without brackets. No scheme, no port,
 * no path.
 */
export const HostName = z.union([z.ipv4(), z.ipv6(), z.string().regex(HOST_NAME)], {
  ...refusedWith({
    en: 'write only a host name or an IP address, such as outlook.office365.com (no https://, no port, no path)',
    ja: 'ホスト名または IP アドレスだけを指定してください（例：outlook.office365.com。https://、ポート、パスは不要です）',
  }),
});

const port = refusedWith({
  en: 'a port is a whole number from 1 to 65535',
  ja: 'ポートは 1 から 65535 までの整数です',
});

/** A TCP port, 1 to 65535. */
export const Port = z.int(port).min(1, port).max(65_535, port);

/** Where a connection goes. */
export const Endpoint = z.strictObject({ host: HostName, port: Port }).meta({ id: 'Endpoint' });
export type Endpoint = z.infer<typeof Endpoint>;

/** The targets that every cloud has; a check of the catalogue aims at one of them by name. */
export const StandardTarget = z
  .enum(['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3'])
  .meta({ id: 'StandardTarget' });
export type StandardTarget = z.infer<typeof StandardTarget>;

/** The name of a target: a standard one, or one that a site added. */
export const TargetName = z.string().regex(
  /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
  refusedWith({
    en: 'a target name is 1 to 40 lower-case letters, digits and dashes',
    ja: '対象の名前は、英小文字、数字、ハイフンからなる 1 から 40 文字です',
  }),
);

/**
 * A mail address or user principal name as Exchange and Entra ID take it: no blanks, no controls, one @ with something
 * on both sides.
 */
export const MailAddress = z
  .string()
  .max(320)
  .regex(
    /^[^\s@"<>()]+@[^\s@"<>()]+$/,
    refusedWith({
      en: 'write an address such as sales@example.com',
      ja: 'メール アドレスを入力してください（例：sales@example.com）',
    }),
  )
  // Apart from the pattern, which a reader of the document may compile without Unicode's classes.
  .refine(
    (text) => !/\p{Cc}/u.test(text),
    refusedWith({
      en: 'write an address without control characters',
      ja: '制御文字を含まないアドレスを入力してください',
    }),
  );

/**
 * A named place that a check is aimed at. `mailbox` is set for the checks with credentials: the address that is opened
 * or sent from, or, for a token, the user whose sign-in it is; `name` is then the mailbox's own name.
 */
export const Target = z
  .object({ name: TargetName, host: HostName, port: Port, mailbox: MailAddress.optional() })
  .meta({ id: 'Target' });
export type Target = z.infer<typeof Target>;

/** The id of a check: `protocol.what`, for ever. */
export const CheckId = z
  .string()
  .max(60)
  .regex(
    /^[a-z0-9]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/,
    refusedWith({ en: 'a check id looks like imap.tls', ja: 'チェックの ID は imap.tls のような形式です' }),
  );

/**
 * What the authorize endpoint is asked (RFC 6749, section 4.1.1) to learn whether a redirect URI is registered. Nothing
 * of it is secret.
 */
export const Authorize = z
  .object({
    /** Tenant id or domain, the segment of the authority's path. */
    tenant: z
      .string()
      .max(255)
      .regex(
        /^[A-Za-z0-9.-]+$/,
        refusedWith({
          en: 'write the id of the tenant or one of its domains',
          ja: 'テナントの ID またはドメインを指定してください',
        }),
      ),
    clientId: z.guid(),
    redirectUri: z.url({ protocol: /^https?$/ }).max(256),
    /** Scopes, separated by blanks. */
    scope: z.string().min(1).max(2_048),
  })
  .meta({ id: 'Authorize' });
export type Authorize = z.infer<typeof Authorize>;

/** Where a mailbox is read, for a check that sends a message to itself and must find it again. */
export const Reading = z
  .object({ protocol: z.enum(['imap', 'pop3']), host: HostName, port: Port })
  .meta({ id: 'Reading' });
export type Reading = z.infer<typeof Reading>;

/**
 * One thing to do in a round: a check and where to aim it. `authorize` is for the one check that needs it,
 * `https.redirect-uri`, and `reading` for `mail.round-trip`.
 */
export const Task = z
  .object({
    check: CheckId,
    target: Target,
    authorize: Authorize.optional(),
    reading: Reading.optional(),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;
