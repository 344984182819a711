import type { Application, Directory } from '../directory.ts';
import { EntraError } from './entra-error.ts';

/** What a client presents of itself (RFC 6749, section 2.3.1). */
export interface ClientCredentials {
  clientId: string;
  secret: string | null;
  /** RFC 7523, section 2.2. */
  assertion: string | null;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** From the form, or from HTTP Basic, whose two halves are form-encoded. */
export function credentialsIn(form: URLSearchParams, authorization: string | undefined): ClientCredentials {
  const [, basic] = /^basic ([a-z0-9+/=]+)$/i.exec(authorization ?? '') ?? [];
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon < 0) throw new EntraError(9002313);
    return {
      clientId: formDecoded(text.slice(0, colon)),
      secret: formDecoded(text.slice(colon + 1)),
      assertion: null,
    };
  }
  const secret = form.get('client_secret');
  const assertion =
    form.get('client_assertion_type') === ASSERTION_TYPE ? form.get('client_assertion') : null;
  return { clientId: required(form, 'client_id'), secret: secret === '' ? null : secret, assertion };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not encoded at all, as many clients do it: the text is meant as it stands.
    return text;
  }
}

/** The value of a parameter that must be there. */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new EntraError(900144, {
    text: `The request body must contain the following parameter: '${name}'.`,
  });
}

/** The registration, as long as it is there and switched on. */
export function applicationOf(directory: Directory, clientId: string): Application {
  const application = directory.application(clientId);
  if (!application) {
    throw new EntraError(700016, {
      text: `Application with identifier '${clientId}' was not found in the directory '${directory.tenant.domain}'. This can happen if the application has not been installed by the administrator of the tenant.`,
    });
  }
  if (!application.enabled) {
    throw new EntraError(7000112, { text: `Application '${application.clientId}' is disabled.` });
  }
  return application;
}

/** Proves the client: a secret where the registration demands one, none where it is public. */
export function authenticate(application: Application, secret: string | null, now: number): void {
  if (application.platform === 'public') {
    if (secret !== null) throw new EntraError(700025);
    return;
  }
  if (secret === null) throw new EntraError(7000218);
  const known = application.secrets.find(({ value }) => value === secret);
  if (!known) {
    throw new EntraError(7000215, {
      text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${application.clientId}'.`,
    });
  }
  if (known.expiresAt.getTime() <= now) {
    throw new EntraError(7000222, {
      text: `The provided client secret keys for app '${application.clientId}' are expired.`,
    });
  }
}
