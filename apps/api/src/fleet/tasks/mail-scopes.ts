import { type Cloud, type InboundProtocol, MAIL_SCOPES, TOKEN_RESOURCE } from '@mailpath/protocol';

/** What of a site decides which permissions its token needs. */
export interface ScopedSite {
  cloud: Cloud;
  inboundProtocol: InboundProtocol;
}

/**
 * The delegated permissions for fetching and sending; whoever has not decided between IMAP and POP3 asks for both. None
 * beyond what ECE itself needs: one that the application was not given would make a sign-in fail which ECE's own
 * passes.
 */
export function delegatedScopes({ cloud, inboundProtocol }: ScopedSite): string[] {
  const inbound = inboundProtocol === 'undecided' ? (['imap', 'pop3'] as const) : [inboundProtocol];
  return [...inbound, 'smtp' as const].map(
    (protocol) => `${TOKEN_RESOURCE[cloud].delegated}/${MAIL_SCOPES[protocol]}`,
  );
}

/** The whole `scope` of an authorize request: with a refresh token, and with the id token that says who signed in. */
export const authorizeScope = (site: ScopedSite): string =>
  [...delegatedScopes(site), 'offline_access', 'openid', 'profile'].join(' ');

/** The application's own permissions; which ones is settled in Entra. */
export const applicationScopes = ({ cloud }: Pick<ScopedSite, 'cloud'>): string[] => [
  `${TOKEN_RESOURCE[cloud].application}/.default`,
];
