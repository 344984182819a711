// npm run docs:causes: writes docs/causes.md, docs/answers.md and docs/checks.md anew.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersPage } from './answers-page.ts';
import { causesPage } from './causes-page.ts';
import { checksPage } from './checks-page.ts';

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('Usage: npm run docs:causes, or node docs.command.ts FOLDER\n');
  process.exit(2);
}
writeFileSync(join(folder, 'causes.md'), causesPage());
writeFileSync(join(folder, 'answers.md'), answersPage());
writeFileSync(join(folder, 'checks.md'), checksPage());
