import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const TEXT = /^(licen[cs]e|copying|notice)/i;

/** The packages in a bundle, from esbuild's metafile: folder below `root` -> what its package.json says. */
export function packagesIn(metafile, root) {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(found[1]);
  }
  return [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => ({
      folder,
      ...JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')),
    }));
}

/** The notices that their licences ask to be handed on. Throws for a package that comes without any text. */
export function noticesOf(packages, root) {
  const parts = packages.map(({ folder, name, version, license, author }) => {
    const from = path.join(root, folder);
    const files = readdirSync(from).filter((file) => TEXT.test(file));
    const texts = files.map((file) => readFileSync(path.join(from, file), 'utf8').trim());
    if (texts.length === 0) texts.push(readmeLicence(from) ?? missing(name, license, author));
    return `${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n')}`;
  });
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `mailpath-agent contains the following software.${line}${parts.join(line)}\n`;
}

/** Some packages have their licence at the end of the readme alone. */
function readmeLicence(folder) {
  const file = readdirSync(folder).find((name) => /^readme/i.test(name));
  if (!file) return null;
  const text = readFileSync(path.join(folder, file), 'utf8');
  const at = text.search(/^#+\s*licen[cs]e/im);
  const section = at < 0 ? '' : text.slice(at).trim();
  return /copyright|permission is hereby/i.test(section) ? section : null;
}

function missing(name, license, author) {
  throw new Error(
    `${name} (${license ?? 'no licence'}, ${JSON.stringify(author)}) comes without the text of its licence, which has to be handed on with it: leave it out, or add the text here`,
  );
}
