import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Needs } from '../needs.ts';

/** What a request asks for, as the document calls it. */
export interface AskedOperation {
  readonly id: string;
  readonly needs: Needs;
  /** Something is another afterwards; undefined for every method but GET and HEAD. */
  readonly changes?: boolean | undefined;
}

export const OPERATION = 'mailpath:operation';
export const Asked = (operation: AskedOperation) => SetMetadata(OPERATION, operation);

const asked = new WeakMap<FastifyRequest, AskedOperation>();

export const setOperation = (request: FastifyRequest, operation: AskedOperation): void =>
  void asked.set(request, operation);

/** Null for what reached no operation. */
export const operationOf = (request: FastifyRequest): AskedOperation | null => asked.get(request) ?? null;
