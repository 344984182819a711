import type { Bilingual } from '@mailpath/protocol';
import { textOf } from './log.ts';

/** What the system says of a file, for a person; errno(3) names the codes. */
const WORDS: Readonly<Record<string, Bilingual>> = {
  ENOENT: { en: 'there is no such file or folder', ja: 'ファイルまたはフォルダーがありません' },
  EACCES: { en: 'access is denied', ja: 'アクセスが拒否されました' },
  EPERM: { en: 'access is denied', ja: 'アクセスが拒否されました' },
  EISDIR: { en: 'it is a folder', ja: 'フォルダーです' },
  ENOTDIR: { en: 'part of the path is no folder', ja: 'パスの途中がフォルダーではありません' },
  ENOSPC: { en: 'the disk is full', ja: 'ディスクに空きがありません' },
  EROFS: { en: 'the disk is read-only', ja: 'ディスクは読み取り専用です' },
  EBUSY: { en: 'another program uses it', ja: 'ほかのプログラムが使用中です' },
  ENAMETOOLONG: { en: 'the name is too long', ja: '名前が長すぎます' },
};

/** The words for a fault of a file with its code beside them; what has none speaks for itself. */
export function fileFault(error: unknown): Bilingual {
  const { code = '' } = error as NodeJS.ErrnoException;
  const words = WORDS[code];
  if (words) return { en: `${words.en} (${code})`, ja: `${words.ja} (${code})` };
  return { en: textOf(error), ja: textOf(error) };
}
