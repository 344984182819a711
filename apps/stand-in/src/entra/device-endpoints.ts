import { readForm, sendHtml, sendJson } from '../web/message.ts';
import { originOf, tenantOfSignIn } from './authority.ts';
import { applicationOf, required } from './client-authentication.ts';
import { hasExpired } from './device-grant.ts';
import type { EntraCall } from './entra.ts';
import { EntraError } from './entra-error.ts';
import { refuseByFault } from './entra-faults.ts';
import { readScopes } from './scopes.ts';
import { deviceForm, donePage } from './sign-in-page.ts';
import { signIn } from './users.ts';

/** Hands out a device code (RFC 8628, sections 3.1 and 3.2). */
export async function answerDeviceCode({ entra, request, response, tenant }: EntraCall): Promise<void> {
  const { world, grants, devicePace } = entra;
  const form = (await readForm(request)) ?? new URLSearchParams();
  const clientId = required(form, 'client_id');
  const scope = required(form, 'scope');
  tenantOfSignIn(world.directory, tenant);
  const application = applicationOf(world.directory, clientId);
  readScopes(scope);
  const [deviceCode, { userCode }] = grants.addDevice({
    clientId: application.clientId,
    scope,
    issuedAt: world.now(),
  });
  const page = `${originOf(request.headers.host)}/common/oauth2/deviceauth`;
  sendJson(response, 200, {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: devicePace.expiresInSeconds,
    interval: devicePace.intervalSeconds,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  });
}

/** The page on which a person types the user code and signs in. */
export async function answerDeviceSignIn(call: EntraCall): Promise<void> {
  const { entra, request, response, address, query } = call;
  const { directory, faults, now } = entra.world;
  if (request.method !== 'POST') {
    return sendHtml(response, 200, deviceForm(query.get('otc') ?? ''));
  }
  const form = (await readForm(request)) ?? new URLSearchParams();
  const grant = entra.grants.deviceByUserCode(required(form, 'otc'));
  if (!grant || grant.userName !== null || grant.declined) throw new EntraError(70018);
  if (hasExpired(grant, now(), entra.devicePace.expiresInSeconds)) throw new EntraError(70019);
  if (form.get('action') === 'decline') {
    grant.declined = true;
    return sendHtml(response, 200, donePage('You have declined. You may now close this window.'));
  }
  const user = signIn(directory, required(form, 'login'), required(form, 'passwd'));
  refuseByFault('device-sign-in', faults, address, user.userName);
  grant.userName = user.userName;
  sendHtml(
    response,
    200,
    donePage('You have signed in to the application on your device. You may now close this window.'),
  );
}
