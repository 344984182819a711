/** A line below a step; what belongs to it stands deeper. */
export interface FactLine {
  text: string;
  depth: number;
}

export const line = (text: string, depth = 0): FactLine => ({ text, depth });
export const rounded = (ms: number): string => `${Math.round(ms)} ms`;

/** What the other end said, and what the check said to it, as a dialogue marks them. */
export const said = (text: string | null | undefined): FactLine[] => (text ? [line(`S: ${text}`)] : []);
export const asked = (text: string): FactLine => line(`C: ${text}`);
