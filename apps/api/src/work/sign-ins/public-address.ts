import type { AddressInfo } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG, type ApiConfig } from '../../platform/config.ts';

/** Where browsers reach this API, for redirect URIs. */
@Injectable()
export class PublicAddress {
  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Without MAILPATH_PUBLIC_URL, this machine: Entra takes http for localhost alone, and ignores its port. */
  get callbackUri(): string {
    return `${this.#base}/v1/sign-ins/callback`;
  }

  /** The page at which a sign-in starts, in the browser that is to complete it. */
  startUrl(ticket: string): string {
    return `${this.#base}/v1/sign-ins/start?ticket=${ticket}`;
  }

  /** Whether browsers reach this API by TLS alone. */
  get isSecure(): boolean {
    return this.#base.startsWith('https:');
  }

  get #base(): string {
    return this.config.MAILPATH_PUBLIC_URL ?? `http://localhost:${this.#port()}`;
  }

  #port(): number {
    const server = this.http.httpAdapter.getHttpServer() as { address(): AddressInfo | string | null };
    const address = server.address();
    return typeof address === 'object' && address ? address.port : this.config.MAILPATH_PORT;
  }
}
