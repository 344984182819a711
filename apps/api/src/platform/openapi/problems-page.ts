import { ERROR_STATUS, type ErrorCode } from '../errors.ts';
import { MEANING } from './operation.ts';

/** What whoever was refused does next. */
const REMEDY: Readonly<Record<ErrorCode, string>> = {
  validation: 'Correct the fields that `errors` names, and send it again.',
  unauthorized:
    'Send `Authorization: Bearer` with a valid key. `npm run api-key -- NAME` makes one on the machine of the API.',
  forbidden:
    'Use a key or a user with the role that the operation names, or open Mailpath at `MAILPATH_PUBLIC_URL`.',
  'enrolment-refused': 'Create another enrolment code for the server, and enrol with it.',
  'not-found':
    'List what there is, and compare the id. A site at which you have no role is not found either.',
  'method-not-allowed': 'Use one of the methods that `Allow` names.',
  conflict: 'Read what is stored; `detail` says what it contradicts.',
  'precondition-failed': 'Read it again, and send the change with the new `ETag`.',
  'payload-too-large': 'Send less in one request.',
  'unsupported-media-type': 'Send `Content-Type: application/json`.',
  'idempotency-key-reused': 'Use a new key for another request; send the same body for the same one.',
  'too-many-requests': 'Wait for `Retry-After` seconds. `MAILPATH_REQUESTS_PER_MINUTE` sets the limit.',
  internal: 'Look for `requestId` in the log of the API, and report what it says.',
  unavailable: 'Wait for `Retry-After` seconds; if it stays, look at Postgres and at `GET /health/ready`.',
};

const INTRO = [
  '# Why a request was refused',
  '<!-- Written by npm run openapi from apps/api/src/platform; a spec compares it. Change errors.ts, operation.ts or problems-page.ts, not this page. -->',
  'Every refusal is `application/problem+json` (RFC 9457). `code` is for programs and never changes; `detail` says in English what is wrong with this request, and may change.',
];

/** `docs/problems.md`: every code with its status, its meaning and what to do. */
export function problemsPage(): string {
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  const rows = codes.map(
    (code) => `| \`${code}\` | ${ERROR_STATUS[code]} | ${MEANING[code]} | ${REMEDY[code]} |`,
  );
  const table = ['| code | status | means | do |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return `${[...INTRO, table].join('\n\n')}\n`;
}
