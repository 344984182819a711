import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig } from '../platform/config.ts';
import { createApp } from './create-app.ts';
import { createDocument, renderDocument } from '../platform/openapi/document.ts';
import { problemsPage } from '../platform/openapi/problems-page.ts';

const [file] = process.argv.slice(2);
if (!file || file.startsWith('-')) {
  process.stderr.write('Usage: npm run openapi, or node openapi.command.js FILE\n');
  process.exit(2);
}
// No connection is made: the document follows from the controllers alone.
const app = await createApp(loadConfig({}), 'postgresql://nobody@127.0.0.1:1/none', { connect: false });
writeFileSync(file, renderDocument(createDocument(app)));
writeFileSync(join(dirname(file), 'problems.md'), problemsPage());
