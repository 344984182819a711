import { COMMA_LIST } from '../fields.ts';
import { wordsOfProperty, wordsOfSchema } from './words/words.ts';

/** JSON Schema 2020-12, as far as it is walked here. */
export interface SchemaObject {
  [key: string]: unknown;
  description?: string;
  properties?: Record<string, SchemaObject>;
  items?: SchemaObject;
  additionalProperties?: SchemaObject | boolean;
  anyOf?: SchemaObject[];
  oneOf?: SchemaObject[];
}

/** Says of every component and of each of its properties what it is. Words that stand at a property already stay. */
export function describeSchemas(schemas: Record<string, SchemaObject>): void {
  for (const [name, schema] of Object.entries(schemas)) {
    setWords(schema, wordsOfSchema(name));
    describeInside(name, [], schema);
  }
}

function describeInside(name: string, path: readonly string[], schema: SchemaObject): void {
  for (const [property, inner] of Object.entries(schema.properties ?? {})) {
    setWords(inner, wordsOfProperty(name, [...path, property]));
    describeInside(name, [...path, property], inner);
  }
  const { items, additionalProperties: more, anyOf = [], oneOf = [] } = schema;
  for (const inner of [items, more, ...anyOf, ...oneOf])
    if (typeof inner === 'object') describeInside(name, path, inner);
}

function setWords(schema: SchemaObject, words: string | undefined): void {
  if (schema.description === undefined && words !== undefined) schema.description = words;
}

const PARAMETERS: Record<string, string> = {
  siteId: 'The id of the site.',
  serverId: 'The id of the server. In a filter: only what is about this server.',
  codeId: 'The id of the enrolment code.',
  baselineId: 'The id of the baseline.',
  at: 'As it was at this moment: RFC 3339 with any offset; now where it is left out.',
  baseline: 'As it was when this baseline was made, by its id; beside `at` or `since` it is refused.',
  since: 'From this moment on: RFC 3339 with any offset. Give this or `baseline`.',
  until: 'Up to this moment: RFC 3339 with any offset; now where it is left out.',
  buckets: 'How many slots of time there are to be at most, 1 to 1,000.',
  upgradeId: 'The id of the upgrade.',
  agentId: 'The id of the agent.',
  mailboxId: 'The id of the mailbox.',
  findingId: 'The id of the finding.',
  resultId: 'The id of the result.',
  runId: 'The id of the run. In a filter: only what was observed in this run.',
  signInId: 'The id of the sign-in.',
  keyId: 'The id of the API key.',
  sessionId: 'The id of the session.',
  userId: 'The id of the user.',
  userName: 'The user principal name, as the list of credentials has it.',
  server: 'Only what is about servers with these names, at most 20, with commas between.',
  mailbox: 'Only what is about these mailboxes, by address, at most 20, with commas between.',
  check: 'Only these checks, by id, at most 20, with commas between: `imap.tls,smtp.submission`.',
  target: 'Only these targets, by name, at most 20, with commas between.',
  outcome: 'Only these outcomes, with commas between: `fail,throttled`.',
  severity: 'Only these severities, with commas between: `error,warning`.',
  owner: 'Only what these owners must act on, with commas between.',
  item: 'Only what belongs to this item of the checklist first: C1 to C11, X1 to X9.',
  state: '`open` (the default), `pending`, `closed`, or `all`.',
  actorId: 'Only what this user or this API key did.',
  action: 'Only this operation, such as `createServer`.',
  from: 'Only what is of this moment or later: RFC 3339 with any offset.',
  to: 'Only what is of before this moment: RFC 3339 with any offset.',
  code: 'The authorization code that Entra sends.',
  error: 'The error that Entra sends instead of a code.',
  error_description: 'What Entra says of the error.',
  summary: '`true`: each site with its verdict; `false` (the default) without.',
  format: '`json` (the default) or `html`.',
  language: 'The language of the sentences: `en` (the default) or `ja`.',
  ticket: 'The ticket in `startUrl`: 43 characters, good once.',
  page: 'The page of Mailpath to go on to afterwards, such as `/sites`; without it, the first one.',
  iss: 'The provider that answers (RFC 9207), where it says so.',
};
/** Where the same name means another thing. */
const OF_OPERATION: Record<string, string> = {
  'completeSignIn state': 'The state that the sign-in was started with; it is good once.',
  'completeOpenIdSignIn state':
    'The state that the sign-in was begun with; it is good once, in that browser.',
  'completeOpenIdSignIn code': 'The authorization code that the provider sends.',
  'completeOpenIdSignIn error': 'The error that it sends instead of a code.',
  'completeOpenIdSignIn error_description': 'What it says of the error.',
};

export interface ParameterObject {
  name: string;
  in: string;
  description?: string;
  schema?: SchemaObject;
  style?: string;
  explode?: boolean;
}

/** Says what a parameter is; a list with commas becomes one that generated clients write by themselves. */
export function describeParameter(operationId: string, parameter: ParameterObject): void {
  const { schema } = parameter;
  parameter.description ??=
    OF_OPERATION[`${operationId} ${parameter.name}`] ??
    PARAMETERS[parameter.name] ??
    (schema?.description as string);
  const item = schema?.[COMMA_LIST];
  if (item === undefined) return;
  parameter.schema = { type: 'array', items: item as SchemaObject, minItems: 1, maxItems: 20 };
  parameter.style = 'form';
  parameter.explode = false;
}
