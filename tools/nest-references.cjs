const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');

/**
 * A plugin of the Nest CLI, whose compiler does not build the projects that a tsconfig references: in a fresh clone
 * every import of a library would be an error. Where a reference has not been built, TypeScript's own build mode builds
 * the project and what it needs instead, into the same files. nest-cli.json names this file as seen from node_modules,
 * where the CLI looks for plugins.
 */
exports.before = (_options, program) => {
  const isBuilt = (reference) => !reference || existsSync(reference.commandLine.options.tsBuildInfoFile);
  if (!(program.getResolvedProjectReferences() ?? []).every(isBuilt)) {
    process.stdout.write('The libraries are not built yet: "tsc -b" builds them and the project.\n');
    const tsc = path.join(__dirname, '../node_modules/@typescript/native/bin/tsc');
    const { status } = spawnSync(process.execPath, [tsc, '-b', program.getCompilerOptions().configFilePath], {
      cwd: path.join(__dirname, '..'),
      stdio: 'inherit',
    });
    const isWatching = process.argv.some((word) => word === '-w' || word === '--watch' || word === 'start');
    if (isWatching && status === 0)
      process.stdout.write('They are built now: give the same command again.\n');
    process.exit(isWatching ? 1 : (status ?? 1));
  }
  return () => (file) => file;
};
