/** Whether the reader of stdout decodes it by a code page, as Windows PowerShell and cmd do with a redirection. */
export const readByCodePage = (
  platform: NodeJS.Platform = process.platform,
  terminal: boolean = process.stdout.isTTY,
): boolean => platform === 'win32' && !terminal;

/** A document as JSON: with `ascii`, whatever is beyond ASCII is escaped, so that no code page can change it. */
export function jsonText(document: unknown, ascii: boolean): string {
  const text = JSON.stringify(document, null, 2);
  if (!ascii) return text;
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
