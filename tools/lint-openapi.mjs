// Holds docs/openapi.json to Redocly's recommended-strict and Spectral's spectral:oas, and to what they do not ask:
// words for everything that has a name, and an example for every operation. A file given last is read instead.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';

const file = process.argv[2] ?? 'docs/openapi.json';
const text = readFileSync(file, 'utf8');
const document = JSON.parse(text);

const redocly = await lintFromString({
  source: text,
  absoluteRef: path.resolve(file),
  config: await createConfig({ extends: ['recommended-strict'] }),
});
const spectral = new spectralCore.Spectral();
spectral.setRuleset({ extends: [[spectralRulesets.oas, 'recommended']] });
const problems = [
  ...redocly.map(
    ({ ruleId, message, location }) => `redocly ${ruleId}: ${location[0]?.pointer ?? ''}: ${message}`,
  ),
  ...(await spectral.run(document)).map(
    ({ code, message, path: at }) => `spectral ${code}: ${at.join('/')}: ${message}`,
  ),
];

const operations = Object.entries(document.paths).flatMap(([url, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${url}`,
    operation,
  })),
);
const descriptions = [
  ...operations.flatMap(({ name, operation }) => wordsOfOperation(name, operation)),
  ...Object.entries(document.components.schemas).flatMap(([name, schema]) => [
    ...(schema.description ? [] : [name]),
    ...wordsOfSchema(name, schema),
  ]),
  ...(document.tags ?? []).filter(({ description }) => !description).map(({ name }) => `tag ${name}`),
];
const examples = operations.flatMap(({ name, operation }) => examplesOf(name, operation));

for (const each of problems) process.stderr.write(`${each}\n`);
for (const each of descriptions) process.stderr.write(`no description: ${each}\n`);
for (const each of examples) process.stderr.write(`no example: ${each}\n`);
process.stdout.write(
  `${file}: ${operations.length} operations, ${Object.keys(document.components.schemas).length} schemas; ` +
    `problems: ${problems.length}, missing descriptions: ${descriptions.length}, missing examples: ${examples.length}\n`,
);
process.exitCode = problems.length + descriptions.length + examples.length > 0 ? 1 : 0;

function wordsOfOperation(
  name,
  { summary, description, tags = [], parameters = [], requestBody, responses },
) {
  return [
    ...(summary ? [] : [`${name}: summary`]),
    ...(description ? [] : [name]),
    ...(tags.length > 0 ? [] : [`${name}: tag`]),
    ...parameters
      .filter((each) => !each.description && !each.$ref)
      .map((each) => `${name}: ${each.in} ${each.name}`),
    ...(requestBody && !requestBody.description ? [`${name}: body`] : []),
    ...Object.entries(responses)
      .filter(([, each]) => !each.description && !each.$ref)
      .map(([status]) => `${name}: ${status}`),
  ];
}

/** Each property by its path, however deep. */
function wordsOfSchema(at, schema) {
  if (schema === null || typeof schema !== 'object') return [];
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    ...(inner.description ? [] : [`${at}.${name}`]),
    ...wordsOfSchema(`${at}.${name}`, inner),
  ]);
  const inside = [
    schema.items,
    schema.additionalProperties,
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ];
  return [...properties, ...inside.flatMap((inner) => wordsOfSchema(at, inner))];
}

/** Of every body that is sent or answered with success. */
function examplesOf(name, { requestBody, responses }) {
  const bodies = [
    ['body', requestBody],
    ...Object.entries(responses).filter(([status]) => status.startsWith('2')),
  ];
  return bodies.flatMap(([what, body]) =>
    Object.values(body?.content ?? {})
      .filter((media) => media.example === undefined && media.examples === undefined)
      .map(() => `${name}: ${what}`),
  );
}
