import { z } from 'zod';

/** Set in a shell or a unit file as `NAME=`, a variable is there and empty: that means the same as not there. */
export const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);
