import type { AddressInfo } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG, type ApiConfig } from '../config.ts';

/** Where browsers reach this API, for redirect URIs. */
@Injectable()
export class PublicAddress {
  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Without MAILPATH_PUBLIC_URL, this machine: Entra takes http for localhost alone, and ignores its port. */
  get callbackUri(): string {
    const base = this.config.MAILPATH_PUBLIC_URL ?? `http://localhost:${this.#port()}`;
    return `${base}/v1/sign-ins/callback`;
  }

  #port(): number {
    const server = this.http.httpAdapter.getHttpServer() as { address(): AddressInfo | string | null };
    const address = server.address();
    return typeof address === 'object' && address ? address.port : this.config.MAILPATH_PORT;
  }
}
