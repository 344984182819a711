import { SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Needs } from '../needs.ts';

/** What a request asks for, as the document calls it. */
export interface AskedOperation {
  readonly id: string;
  readonly needs: Needs;
  /** Something is another afterwards; undefined for every method but GET and HEAD. */
  readonly changes?: boolean | undefined;
  /** It reads If-Match. */
  readonly conditional?: boolean | undefined;
}

export const OPERATION = 'mailpath:operation';
export const Asked = (operation: AskedOperation) => SetMetadata(OPERATION, operation);

/** Marks what a person's browser opens. At the route: a limit refuses before there is any handler. */
export const Shown = () => RouteConfig({ isShown: true });

export const isShown = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions?.config as { isShown?: boolean } | undefined)?.isShown === true;

const asked = new WeakMap<FastifyRequest, AskedOperation>();

export const setOperation = (request: FastifyRequest, operation: AskedOperation): void =>
  void asked.set(request, operation);

/** Null for what reached no operation. */
export const operationOf = (request: FastifyRequest): AskedOperation | null => asked.get(request) ?? null;
