import { HOSTILE_BODIES, HOSTILE_TEXT } from './hostile.ts';
import type { Known } from './known.ts';
import type { Random } from './random.ts';
import { fits, type Operation, type Parameter, resolved } from './schema.ts';
import { broken, valid } from './values.ts';

export interface FuzzRequest {
  method: string;
  /** With its query. */
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** What of it is not as the document says; null where all of it is. */
  fault: string | null;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** A header cannot hold more than these at all. */
const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 300);

/** One request to an operation: as the document says, or with something in it that is not. */
export function requestTo(operation: Operation, known: Known, key: string, random: Random): FuzzRequest {
  const kind = random.one(['valid', 'valid', 'valid', 'parameter', 'body', 'body', 'method', 'key'] as const);
  const faults: string[] = [];
  let url = operation.path;
  const query = new URLSearchParams();
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  const names = known.namesFor(operation.path, random);
  const target = kind === 'parameter' ? random.below(Math.max(1, operation.parameters.length)) : -1;

  for (const [index, parameter] of operation.parameters.entries()) {
    const isBroken = index === target;
    const value = isBroken ? hostileFor(parameter, random) : validFor(parameter, names, random);
    if (value === null) {
      if (parameter.required) faults.push(`no ${parameter.name}`);
      if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, '');
      continue;
    }
    if (!fitsParameter(parameter, value)) faults.push(`${parameter.in} ${parameter.name}`);
    if (parameter.in === 'path')
      url = url.replace(`{${parameter.name}}`, encodeURIComponent(value.toWellFormed()));
    else if (parameter.in === 'query') query.append(parameter.name, value.toWellFormed());
    else headers[parameter.name.toLowerCase()] = printable(value);
  }
  if (kind === 'parameter' && random.chance(0.2)) query.append(random.one(HOSTILE_TEXT).toWellFormed(), '1');
  if (query.size > 0) url += `?${query.toString()}`;

  const body = bodyOf(operation, names, kind === 'body', random);
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (operation.body && !isBodyValid(operation, body)) faults.push('the body');
  if (kind === 'body' && random.chance(0.1)) {
    headers['content-type'] = random.one(['text/plain', 'application/xml', 'multipart/form-data', 'x']);
    if (operation.body) faults.push('the type of the body');
  }
  if (kind === 'key') {
    const other = random.one([null, '', 'Bearer', 'Basic eDp5', 'Bearer x', `Bearer ${key}x`]);
    if (other === null) delete headers['authorization'];
    else headers['authorization'] = other;
    if (!operation.isPublic) faults.push('the key');
  }
  const method = kind === 'method' ? random.one(METHODS) : operation.method;
  return { method, url, headers, body, fault: method === operation.method ? (faults[0] ?? null) : null };
}

function validFor(parameter: Parameter, names: Record<string, string>, random: Random): string | null {
  const isRequired = parameter.required === true || parameter.in === 'path';
  if (!isRequired && random.chance(0.7)) return null;
  const named = names[parameter.name];
  if (named !== undefined && (parameter.in === 'path' || random.chance(0.7))) return named;
  const value = valid(parameter.schema, random);
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value);
}

function hostileFor(parameter: Parameter, random: Random): string | null {
  if (random.chance(0.1)) return null;
  const text = random.one(HOSTILE_TEXT);
  return parameter.in === 'path' && text === '' ? 'x' : text;
}

/** Text of an address or a header, as the kind of value that the schema speaks of. */
function fitsParameter({ schema, in: place }: Parameter, text: string): boolean {
  // Headers are read as far as they can be, and told apart from no header by nobody.
  if (place === 'header') return true;
  const { type } = resolved(schema);
  if (type === 'array') return fits(schema, text.split(','));
  if (type === 'integer' || type === 'number')
    return text.trim() !== '' && /^-?\d{1,15}$/.test(text) && fits(schema, Number(text));
  return fits(schema, text);
}

function bodyOf(
  operation: Operation,
  names: Record<string, string>,
  isBroken: boolean,
  random: Random,
): string | undefined {
  if (!operation.body) return isBroken ? random.one(HOSTILE_BODIES) : undefined;
  const { schema, example } = operation.body;
  if (isBroken && random.chance(0.2)) return random.one(HOSTILE_BODIES);
  const value = example !== undefined && random.chance(0.4) ? example : valid(schema, random);
  const real = value !== null && typeof value === 'object' ? withNames(value, names) : value;
  return JSON.stringify(isBroken ? broken(real, random) : real);
}

/** Ids in a body are such that there are, so that more than a refusal comes of it. */
const withNames = (body: object, names: Record<string, string>): object =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]): [string, unknown] => {
      if (key === 'serverIds') return [key, [names['serverId']]];
      return [key, typeof value === 'string' && key.endsWith('Id') ? (names[key] ?? value) : value];
    }),
  );

function isBodyValid({ body }: Operation, text: string | undefined): boolean {
  if (!body) return true;
  if (text === undefined) return false;
  try {
    // A byte order mark may be ignored (RFC 8259, section 8.1).
    return fits(body.schema, JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return false; // not JSON
  }
}
