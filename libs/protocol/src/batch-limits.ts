/** The largest frame either side reads, in bytes; a larger one closes the connection with 1009. */
export const MAX_FRAME_BYTES = 256 * 1024;
/** The largest `join`, in bytes, and all that the API reads before it has answered one with `welcome`. */
export const MAX_JOIN_BYTES = 4 * 1024;
/** The most results in one batch. */
export const MAX_BATCH = 100;
