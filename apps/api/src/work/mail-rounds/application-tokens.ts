import { Injectable } from '@nestjs/common';
import type { Site } from '../../estate/sites/site.ts';

interface Kept {
  value: string;
  expiresAt: Date;
}

/**
 * Access tokens of the applications themselves, which services servers have obtained and application servers send with. They are kept
 * in memory alone: another one costs one request.
 */
@Injectable()
export class ApplicationTokens {
  readonly #kept = new Map<string, Kept>();

  keep(site: Site, mailbox: string, token: Kept): void {
    this.#kept.set(keyOf(site, mailbox), token);
  }

  /** The one that is still good at `until`. */
  get(site: Site, mailbox: string, until: Date): Kept | null {
    const token = this.#kept.get(keyOf(site, mailbox));
    return token && token.expiresAt > until ? token : null;
  }

  /** Forgets what has run out. */
  sweep(now: Date): void {
    for (const [key, { expiresAt }] of this.#kept) if (expiresAt <= now) this.#kept.delete(key);
  }
}

/** What belongs to another tenant or application is not found any more. */
const keyOf = ({ id, tenant, clientId }: Site, mailbox: string): string =>
  [id, tenant, clientId, mailbox].join(' ');
