/** `--version` and nothing else on the command line. Installers and inventories ask that: nothing is loaded for it. */
export const asksForVersion = (argv: readonly string[]): boolean =>
  argv.length === 3 && ['--version', '-V'].includes(argv[2] ?? '');
