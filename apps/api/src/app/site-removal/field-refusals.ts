import { refusal } from '../../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const siteNameToConfirm = refusal('app.site-name-to-confirm', {
  en: () => 'write the name of the site, to confirm that you want to delete it',
  ja: () => '削除を確認するため、サイトの名前を入力してください',
});

export const anotherSiteName = refusal<{ name: string }>('app.another-site-name', {
  en: ({ name }) => `this site is called "${name}": write its name, to confirm that you want to delete it`,
  ja: ({ name }) => `このサイトの名前は「${name}」です。削除を確認するため、その名前を入力してください`,
});
