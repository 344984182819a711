import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { MailpathError } from '../../platform/errors.ts';
import { AccessGuard } from './access.guard.ts';

/** The request as its guard saw it, for an answer that goes on after it was let in. */
export const Context = createParamDecorator((_: unknown, context: ExecutionContext) => context);

/** Asks the guard again: whoever was let in an hour ago need not be let in now. */
@Injectable()
export class Admission {
  constructor(private readonly guard: AccessGuard) {}

  /** False where the guard would refuse; true as well where nobody can tell, because the database does not answer. */
  async holds(context: ExecutionContext): Promise<boolean> {
    try {
      return await this.guard.canActivate(context);
    } catch (error) {
      return !(error instanceof MailpathError) || error.status >= 500;
    }
  }
}
