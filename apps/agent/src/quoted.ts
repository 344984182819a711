/** What cmd, PowerShell and a POSIX shell all take as one word without quotes. */
const PLAIN = /^[\w./:\\@+=-]+$/;

/** A path or word as it can be typed into a shell: in double quotes where it holds a space or anything unusual. */
export const quoted = (word: string): string => (PLAIN.test(word) ? word : `"${word}"`);
