import { Language } from '@mailpath/protocol';
import { environment } from './config.ts';

/**
 * The language of help and errors, which are written before the command line is understood: `--lang` wherever it
 * stands, else MAILPATH_LANG, else the locale of the shell (POSIX: LC_ALL, LC_MESSAGES, LANG), else English.
 */
export function shellLanguage(args: readonly string[], env: NodeJS.ProcessEnv = environment()): Language {
  const at = args.indexOf('--lang');
  const given = args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
  const said = Language.safeParse(given ?? (at < 0 ? undefined : args[at + 1]));
  if (said.success) return said.data;
  const wanted = Language.safeParse(env['MAILPATH_LANG']);
  if (wanted.success) return wanted.data;
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (each) => each !== undefined && each !== '',
  );
  return /^ja(?:_|\.|-|$)/i.test(locale ?? '') ? 'ja' : 'en';
}
