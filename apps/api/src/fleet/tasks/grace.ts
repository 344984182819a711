/** What an agent may take to hand in its last result once its round is over. */
export const GRACE_MS = 5_000;
