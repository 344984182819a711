/** A refresh token that was handed in and has been used with success: by whom, and what it would take the place of. */
export interface Proven {
  /** The server that handed it in. */
  handedInBy: string;
  /** The server that has used it. */
  usedBy: string;
  /** Since when the one that it would replace is taken for good. */
  goodSince: Date;
}

/**
 * For how long the word of one server alone is not enough. A refresh token is good for 90 days, so nothing is lost by
 * waiting.
 */
const ALONE_MS = 7 * 86_400_000;

/**
 * Whether it takes the place of the good one. A server that handed in rubbish would also say that the rubbish is good,
 * so another one has to have used it; where a site has no other, a week in which nobody was refused says the same.
 * Pure.
 */
export const takesPlace = ({ handedInBy, usedBy, goodSince }: Proven, now: Date): boolean =>
  handedInBy !== usedBy || now.getTime() - goodSince.getTime() >= ALONE_MS;
