import type { OtherResource } from './authorize-url.ts';

export const token = {
  'audience.unknown': (opaque: boolean) =>
    `The access token ${opaque ? 'is opaque' : 'names no audience'}: whom it is for cannot be read from it.`,
  'audience.see-scopes': (wanted: string) => `See that the scopes are below ${wanted}/.`,
  'audience.good': () => 'The token is for Exchange Online.',
  'audience.other': (what: OtherResource, audience: string, cloud: string) =>
    ({
      graph: 'The token is for Microsoft Graph; Exchange Online refuses it at sign-in.',
      'exchange-of-another-cloud': `The token is for Exchange Online of another cloud than ${cloud}.`,
      unknown: `The token is for ${audience}, which is not Exchange Online.`,
    })[what],
  'audience.below': (wanted: string) => `Ask for scopes below ${wanted}/.`,
  'permissions.unknown': () => 'The access token does not say what it permits.',
  'permissions.sign-in': () => 'Sign in to the mailbox by the protocols that are used.',
  'permissions.good': (held: readonly string[]) =>
    `The token permits what the site uses: ${held.join(', ')}.`,
  'permissions.role-perhaps': (names: readonly string[]) =>
    `The token does not hold ${names.join(' or ')}; a role in Exchange (Application SMTP.SendAsApp) may stand for it.`,
  'permissions.add-role': (names: readonly string[]) =>
    `Add ${names.join(' or ')} in Entra and consent to it, or see that the role is assigned.`,
  'permissions.missing': (names: readonly string[]) => `The token does not hold ${names.join(' or ')}.`,
  'permissions.add': (names: readonly string[]) =>
    `Add ${names.join(' or ')} to the API permissions of the application, consent to it, ask for it, and create the token again.`,
  'user.unknown': () => 'The tokens do not say whose sign-in they come from.',
  'user.not-entered': (user: string) => `The token is of ${user}, and whose it must be is not entered.`,
  'user.watch': () => 'Create the token in a private window, and watch which user signs in.',
  'user.same': (user: string, by: string) => `The token is of ${user}, as it must be (by the ${by}).`,
  'user.other': (user: string, expected: string) =>
    `The token is of ${user} and must be of ${expected}: the wrong user was signed in when it was created.`,
  'user.other-works': (user: string, expected: string) =>
    `The token is of ${user}, and ${expected} is entered; the mailbox opens with it, so it is another name of the account, or a user who may open the mailbox.`,
  'user.enter-name': (user: string) => `Enter ${user} as the user name of the mailbox.`,
  'user.other-untried': (user: string, expected: string) =>
    `The token is of ${user}, and ${expected} is entered; whether the mailbox opens with it, nobody has tried.`,
  'user.try': () => 'Sign in to the mailbox with it; a sign-in name need not be the mail address.',
  'user.create-anew': (expected: string) =>
    `Create the token again in a private window of the browser, and sign in as ${expected}.`,
  'token-client.same': () => "The token is of the site's application.",
  'token-client.other': (seen: string, own: string) =>
    `The token is of the application ${seen}, and the site's is ${own}.`,
  'token-client.correct': () => 'Correct the client id in ECE or here.',
  'lifetime.short': (minutes: number) =>
    `The access token lives ${minutes} minutes. The checklist speaks of 60, in words that may mean the refresh as well as the token; Entra gives 60 to 90 by itself.`,
  'lifetime.see-policy': () =>
    'See whether a token lifetime policy in Entra makes it shorter on purpose; it only makes refreshes more frequent.',
  'lifetime.good': (minutes: number, isLong: boolean) =>
    `The access token lives ${minutes} minutes${isLong ? ', longer than the 60 to 90 that Entra gives by itself' : ''}.`,
  'clock.good': (server: string) => `The clock of ${server} agrees with that of Entra.`,
  'clock.off': (server: string, minutes: number, isAhead: boolean) =>
    `The clock of ${server} is about ${minutes} minutes ${isAhead ? 'ahead of' : 'behind'} that of Entra.`,
  'clock.time-source': (server: string) => `Give ${server} a time source.`,
};
