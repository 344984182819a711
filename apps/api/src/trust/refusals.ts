import { refusal } from '../platform/refusal.ts';

// What a caller is refused with about people and their keys.

export const userNameTaken = refusal<{ name: string }>('trust.user-name-taken', {
  en: ({ name }) => `There is a user "${name}" already. Choose another name.`,
  ja: ({ name }) => `「${name}」というユーザーはすでにいます。別の名前を選んでください。`,
});
