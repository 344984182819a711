/** Where a check was aimed, as a person names it: the mailbox, else host and port. */
export const placeOf = ({ host, port, mailbox }: { host: string; port: number; mailbox?: string }): string =>
  mailbox ?? (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
