import { z } from 'zod';
import { keptText } from './text.ts';

const Version = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 'a version is three numbers, such as 1.2.3');
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a digest is 64 hexadecimal digits');

/** The largest bundle that is fetched, in bytes. */
export const MAX_BUNDLE_BYTES = 32 * 1024 * 1024;

/** What the maker of a bundle says of it, and signs. */
export const BundleStatement = z
  .object({
    product: z.literal('mailpath-agent'),
    version: Version,
    sha256: Sha256,
    bytes: z.int().min(1).max(MAX_BUNDLE_BYTES),
    /** The least major version of Node that it runs on. */
    node: z.int().min(24).max(1_000),
    madeAt: z.iso.datetime(),
    /** From then on nobody begins with it; who has it keeps it. */
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'BundleStatement' });
export type BundleStatement = z.infer<typeof BundleStatement>;

/** The file beside a bundle: the statement's bytes, and the Ed25519 signature (RFC 8032) over statementToSign(). */
export const BundleManifest = z
  .object({
    statement: z.base64().max(4_000),
    signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/, 'a signature is 64 bytes in base64url'),
  })
  .meta({ id: 'BundleManifest' });
export type BundleManifest = z.infer<typeof BundleManifest>;

/** Reads the statement of a manifest; throws where it is none. The signature is not looked at here. */
export const readStatement = ({ statement }: BundleManifest): BundleStatement =>
  BundleStatement.parse(
    JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(statement), (c) => c.charCodeAt(0)))),
  );

export const UPGRADE_STATES = ['staged', 'kept', 'refused', 'rolled-back'] as const;

/** What has become of a bundle on a server. */
export const UpgradeNews = z
  .object({
    version: Version,
    sha256: Sha256,
    /** `staged`: verified, and begun with at the next start. */
    state: z.enum(UPGRADE_STATES),
    reason: keptText(300).nullable(),
  })
  .meta({ id: 'UpgradeNews' });
export type UpgradeNews = z.infer<typeof UpgradeNews>;

/** What an agent says of its upgrades when it joins. */
export const UpgradeReport = z
  .object({
    /** Whether the administrator of its machine lets the API upgrade it. */
    allowed: z.boolean(),
    last: UpgradeNews.nullable(),
  })
  .meta({ id: 'UpgradeReport' });
export type UpgradeReport = z.infer<typeof UpgradeReport>;

/** What the API offers: who wants it fetches the bundle at `path`, below the API's address. */
export const UpgradeOffer = z.object({
  manifest: BundleManifest,
  path: z.string().regex(/^\/downloads\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
});
export type UpgradeOffer = z.infer<typeof UpgradeOffer>;
