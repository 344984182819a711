import type { ServerResponse } from 'node:http';
import type { Fault, Faults } from '../faults.ts';
import type { EntraEndpoint } from '../custom-answer.ts';
import { sendHtml } from '../web/message.ts';
import { answeredByWebFault } from '../web/web-fault.ts';
import { AADSTS_ANSWERS, type AadstsAnswer } from './aadsts-answers.ts';
import { EntraError } from './entra-error.ts';

/** Answers at the token endpoint that are not Entra ID's, but of something between, or of a front end that is busy. */
export const HTTP_FAULTS: Readonly<Record<string, string>> = {
  'HTML-PAGE': 'the token endpoint answers a proxy’s HTML page with status 200',
  'HTTP-407': 'the token endpoint answers 407, as a proxy that wants a login',
  'HTTP-503': 'the token endpoint answers 503 without JSON',
  'HTTP-429': 'the token endpoint answers 429 with Retry-After and without JSON',
};

const DEFAULT_WAIT_SECONDS = 30;

/** Answers as a fault of HTTP demands; false: there is none. */
export function answeredByHttpFault(
  response: ServerResponse,
  faults: Faults,
  address: string,
  name?: string,
): boolean {
  if (answeredByWebFault(response, faults, address, 'token', name)) return true;
  const fault = faults
    .at(address, name)
    .find((each) => Object.hasOwn(HTTP_FAULTS, each.id) && faults.isMet(each));
  if (!fault) return false;
  const wait = { 'retry-after': String(fault.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS) };
  const page = (title: string): string => `<title>${title}</title><h1>${title}</h1><p>Corp Proxy`;
  if (fault.id === 'HTML-PAGE') sendHtml(response, 200, page('Access denied'));
  else if (fault.id === 'HTTP-407') {
    sendHtml(response, 407, page('Proxy Authentication Required'), {
      'proxy-authenticate': 'Basic realm="Corp Proxy"',
    });
  } else if (fault.id === 'HTTP-503') sendHtml(response, 503, page('Service Unavailable'), wait);
  else sendHtml(response, 429, page('Too Many Requests'), wait);
  return true;
}

const AADSTS = /^AADSTS(\d+)$/;

/** Whether a code is met by the browser alone. */
const isOfPage = (code: number): boolean => AADSTS_ANSWERS.get(code)?.page === true;

/** Throws the answer that is switched on for the address and name, if one is, and belongs where it is asked for. */
export function refuseByFault(endpoint: EntraEndpoint, faults: Faults, address: string, name?: string): void {
  for (const fault of faults.at(address, name)) {
    const answer = answerOf(fault, endpoint);
    if (answer !== null && faults.isMet(fault))
      throw new EntraError(answer, { retryAfterSeconds: fault.retryAfterSeconds });
  }
}

function answerOf({ id, entra }: Fault, endpoint: EntraEndpoint): AadstsAnswer | null {
  if (entra) return entra.endpoint === endpoint ? { status: 400, ...entra } : null;
  const [, digits] = AADSTS.exec(id) ?? [];
  const known = digits === undefined ? undefined : AADSTS_ANSWERS.get(Number(digits));
  const isHere = isOfPage(Number(digits))
    ? endpoint === 'authorize' || endpoint === 'device-sign-in'
    : endpoint === 'token';
  return known && isHere ? known : null;
}
