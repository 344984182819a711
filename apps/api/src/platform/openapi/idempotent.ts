import { SetMetadata } from '@nestjs/common';

export const IS_IDEMPOTENT = 'mailpath:idempotent';

/** A request that creates something, and that may be sent again with the same Idempotency-Key. */
export const Idempotent = () => SetMetadata(IS_IDEMPOTENT, true);
