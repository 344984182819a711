import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { API_KEY_FORMAT } from '../../platform/config.ts';
import { MailpathError } from '../../platform/errors.ts';
import { ApiKeysService } from './api-keys.service.ts';
import { IS_PUBLIC } from '../../platform/openapi/public.ts';

/** Closes every route that is not marked public. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeysService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Agents prove who they are in the conversation itself: their gateway's first frame is a signature.
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride(IS_PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (key && API_KEY_FORMAT.test(key) && (await this.keys.isValid(key))) return true;
    throw new MailpathError(
      'unauthorized',
      'Send a valid API key in the header Authorization: Bearer mpk_…; npm run api-key -- NAME makes a new one on the machine that runs Mailpath.',
    );
  }
}
