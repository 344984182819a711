// The rooms of the API: groups of features, each importing only the groups before it. `npm run graph` prints them with
// the arrows between them; `-- --check` exits 1 where an import breaks the order, and `-- --markdown` prints the list
// that CONTRIBUTING has. A folder given last is read instead of the API's sources.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * In order: each imports only those before it. What stands directly in a group's folder is a room with the group's
 * name.
 */
const GROUPS = {
  platform: 'what every program of this kind has: configuration, clock, errors, pages, OpenAPI, languages',
  estate: 'what is looked after: sites, servers, mailboxes, and who is connected',
  trust: 'who may do what with which secret',
  fleet: 'the agents, how they enrol, and what they are asked',
  history: 'what was observed',
  work: 'what is asked at a moment: runs, mailboxes, sign-ins, and what is lent for it',
  conclusions: 'what follows from it: findings, comparison, settings, checklist',
  app: 'what puts it together and runs it: database, socket, upkeep, health',
};
/** What knows every table. */
const KNOWS_ENTITIES = 'app/database';

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const [root = 'apps/api/src'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const groups = Object.keys(GROUPS);
const files = globSync('**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.spec.ts'))
  .toSorted();
const imports = files.flatMap(importsOf);
const arrows = arrowsOf(imports);
const faults = [...imports.flatMap(faultOf), ...circles().map((circle) => `a circle: ${circle.join(' > ')}`)];

if (options.includes('--markdown')) process.stdout.write(markdown());
else if (!options.includes('--check')) process.stdout.write(picture());
if (imports.length === 0) faults.push(`no sources in ${root}`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Imports of the sources themselves, types included: who needs to know of whom. */
function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
    .map((to) => ({ file, to, from: roomOf(file), into: roomOf(to) }))
    .filter(({ from, into }) => from !== into);
}

function roomOf(file) {
  const folders = path.posix.dirname(file).split('/').slice(0, 2);
  return folders[0] === '.' ? 'app' : folders.join('/');
}

function faultOf({ file, to, from, into }) {
  const [mine, theirs] = [from, into].map(groupOf);
  if (mine < 0) return [`${file}: ${from} is in no group; the groups are ${groups.join(', ')}`];
  if (theirs < 0) return [];
  if (theirs > mine) return [`${file}: imports upwards, ${to}`];
  if (to.endsWith('.entity.ts') && from !== KNOWS_ENTITIES)
    return [`${file}: takes the entity of another feature, ${to}; ask that feature's service`];
  return [];
}

function arrowsOf(list) {
  const found = new Map();
  for (const { from, into } of list) found.set(from, (found.get(from) ?? new Set()).add(into));
  return new Map(
    [...found].toSorted(([a], [b]) => order(a, b)).map(([room, set]) => [room, [...set].toSorted(order)]),
  );
}

/**
 * Each circle of rooms of one group, the shortest that leads back; an import upwards closes larger ones, and is told as
 * itself.
 */
function circles() {
  const found = new Map();
  for (const [room, next] of arrows) {
    for (const first of next) {
      if (groupOf(first) !== groupOf(room)) continue;
      const back = pathBetween(first, room);
      if (!back) continue;
      found.set(String(back.toSorted(order)), [room, ...back]);
    }
  }
  return [...found.values()];
}

function pathBetween(from, to) {
  const paths = [[from]];
  const seen = new Set([from]);
  for (const walked of paths) {
    if (walked.at(-1) === to) return walked;
    for (const next of arrows.get(walked.at(-1)) ?? []) {
      if (seen.has(next) || groupOf(next) !== groupOf(to)) continue;
      seen.add(next);
      paths.push([...walked, next]);
    }
  }
  return null;
}

function groupOf(room) {
  return groups.indexOf(room.split('/')[0]);
}

function order(a, b) {
  return groupOf(a) - groupOf(b) || (a < b ? -1 : 1);
}

function roomsOf(group) {
  return [...new Set(files.map(roomOf))].filter((room) => room.startsWith(`${group}/`)).toSorted(order);
}

function picture() {
  const lines = groups.flatMap((group) => [
    group,
    ...[group, ...roomsOf(group)].flatMap((room) =>
      arrows.has(room)
        ? [`  ${room === group ? '.' : room.split('/')[1]} -> ${arrows.get(room).join(', ')}`]
        : [],
    ),
  ]);
  const verdict = circles().length === 0 ? 'no circle' : `${circles().length} circles`;
  return `${[...lines, verdict].join('\n')}\n`;
}

function markdown() {
  const lines = groups.map((group, i) => {
    const rooms = roomsOf(group).map((room) => `\`${room.split('/')[1]}\``);
    return `${i + 1}. \`${group}\`: ${GROUPS[group]} (${rooms.join(', ')})`;
  });
  return `${lines.join('\n')}\n`;
}
