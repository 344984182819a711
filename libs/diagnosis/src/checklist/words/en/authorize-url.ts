/** Whose tenant is spoken of: that of the authorize URL, or that of a token. */
export type TenantOf = 'authorize-url' | 'token';
const WHOSE: Record<TenantOf, string> = { 'authorize-url': 'The authorize URL', token: 'The token' };

/** What scopes may be for instead of Exchange Online of the site's cloud. */
export type OtherResource = 'graph' | 'exchange-of-another-cloud' | 'unknown';

export const authorizeUrl = {
  'tenant.personal-sign-in': () =>
    'The sign-in is for personal Microsoft accounts, which have no mailbox in Exchange Online.',
  'tenant.any': (word: string) =>
    `The sign-in is for any tenant (${word}): an application of a single tenant is refused there (AADSTS50194), and a user of another tenant gets in.`,
  'tenant.put-own': () => "Put the tenant's id or domain into the authorization and token URLs of ECE.",
  'tenant.personal': (of: TenantOf) => `${WHOSE[of]} is of a personal Microsoft account, not of a tenant.`,
  'tenant.work-account': () => 'Sign in with the work account of the mailbox.',
  'tenant.missing': (of: TenantOf, seen: string) =>
    `${WHOSE[of]} is of the tenant ${seen}, and none is entered here.`,
  'tenant.enter': () => 'Compare it with the tenant in Entra, and enter it.',
  'tenant.same': (of: TenantOf) => `${WHOSE[of]} is of the site's tenant.`,
  'tenant.other': (of: TenantOf, seen: string, own: string) =>
    `${WHOSE[of]} is of the tenant ${seen}, and the site's is ${own}.`,
  'tenant.which': () =>
    'See in Entra which tenant holds application and mailboxes, and correct the other place.',
  'tenant.perhaps': (of: TenantOf, seen: string, own: string) =>
    `${WHOSE[of]} is of the tenant ${seen}, and ${own} is entered here; a name and an id, or two names, may mean the same.`,
  'tenant.enter-id': () => "Enter the tenant's id (Entra: Overview, Tenant ID).",
  'cloud.same': (host: string, cloud: string) => `${host} is a sign-in host of the site's cloud, ${cloud}.`,
  'cloud.other': (host: string, clouds: readonly string[], cloud: string) =>
    `${host} is the sign-in host of ${clouds.join(' and ')}, and the site is in ${cloud}.`,
  'cloud.correct': () => 'Correct the URLs in ECE, or the cloud of the site here.',
  'client.missing': (seen: string) =>
    `The authorize URL has the client id ${seen}, and none is entered here.`,
  'client.enter': () => 'Compare it with the application in Entra, and enter it.',
  'client.same': () => 'The client id is the one of the site.',
  'client.other': (seen: string, own: string) =>
    `The authorize URL has the client id ${seen}, and the site has ${own}.`,
  'client.which': () => 'See in Entra which application is the right one, and correct the other place.',
  'sent-redirect.none': () => 'The authorize URL names no redirect URI.',
  'sent-redirect.copy-again': () =>
    'Copy the address again, whole; if it is whole, set the redirect URI in ECE.',
  'sent-redirect.same': () => 'ECE sends the redirect URI that is entered here, character by character.',
  'sent-redirect.other': (sent: string, own: string) =>
    `ECE sends the redirect URI ${sent}, and ${own} is entered here.`,
  'sent-redirect.register': () => 'Register the one that ECE sends; every character counts.',
  'response-type.other': (asked: string | null) =>
    `The authorize URL asks for ${asked ?? 'no response_type'} and not for a code, so that no refresh token can come of it.`,
  'response-type.code': () => 'ECE must use the authorization code flow (response_type=code).',
  'prompt.asks': (prompt: string) => `Microsoft asks whose sign-in it is (prompt=${prompt}).`,
  'prompt.none': () =>
    'Microsoft asks nobody (prompt=none): the token is that of the user of the workstation.',
  'prompt.take-out': () => 'Take prompt=none out of the authorization URL.',
  'prompt.perhaps': () =>
    'Nothing makes Microsoft ask whose sign-in it is: the user of the workstation may be taken without a word.',
  'prompt.private-window': () => 'Create the token in a private window of the browser.',
  'scopes.good': (scopes: readonly string[]) =>
    `The scopes are for Exchange Online and cover what the site uses: ${scopes.join(', ')}.`,
  'scopes.v1-none': () =>
    'The address is of the v1 endpoint and names no resource; its permissions are those of the registration.',
  'scopes.v1-see': (wanted: string) =>
    `See that the registration has the mail permissions of Office 365 Exchange Online, and that the token request says resource=${wanted}.`,
  'scopes.v1-good': () => 'The address is of the v1 endpoint and asks for Exchange Online.',
  'scopes.v1-other': (resource: string) =>
    `The v1 endpoint is asked for the resource ${resource}, which is not Exchange Online of this cloud.`,
  'scopes.v1-ask': (wanted: string) => `Ask for ${wanted}.`,
  'scopes.several': (count: number) =>
    `The scopes are of ${count} resources; Entra gives a token for only one of them (AADSTS70011, AADSTS700022).`,
  'scopes.only': (wanted: string) => `Ask for scopes below ${wanted}/ only.`,
  'scopes.missing': (protocols: readonly string[]) => `The scope for ${protocols.join(' or ')} is missing.`,
  'scopes.add': (scopes: readonly string[]) => `Ask for ${scopes.join(' or ')} as well.`,
  'scopes.other': (what: OtherResource, resource: string, cloud: string) =>
    `The scopes are for ${
      {
        graph: 'Microsoft Graph; Exchange Online refuses such a token at sign-in',
        'exchange-of-another-cloud': `Exchange Online of another cloud than ${cloud}`,
        unknown: `${resource}, which is not Exchange Online`,
      }[what]
    }.`,
  'scopes.below': (wanted: string, example: string) =>
    `Ask for scopes below ${wanted}/, such as ${wanted}/${example}.`,
  'scopes.no-offline': () =>
    'The scope offline_access is missing: no refresh token comes, and mail stops after about an hour.',
  'scopes.add-offline': () => 'Ask for offline_access as well.',
};
