import type { ServerResponse } from 'node:http';
import type { WebEndpoint } from '../custom-answer.ts';
import type { Faults } from '../faults.ts';

/** Answers in words of its own as a fault demands; false: there is none for that endpoint, address and name. */
export function answeredByWebFault(
  response: ServerResponse,
  faults: Faults,
  address: string,
  endpoint: WebEndpoint,
  name?: string,
): boolean {
  const fault = faults
    .at(address, name)
    .find((each) => each.web?.endpoint === endpoint && faults.isMet(each));
  if (!fault?.web) return false;
  const { status, headers = {}, body = '' } = fault.web;
  const wait = fault.retryAfterSeconds;
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
      ...headers,
    })
    .end(body);
  return true;
}
