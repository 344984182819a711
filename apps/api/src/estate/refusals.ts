import { refusal } from '../platform/refusal.ts';

// What a caller is refused with about sites, servers and mailboxes.

export const siteNameTaken = refusal<{ name: string }>('estate.site-name-taken', {
  en: ({ name }) => `A site named "${name}" exists already. Choose another name.`,
  ja: ({ name }) => `「${name}」という名前のサイトはすでにあります。別の名前を選んでください。`,
});

export const serverNameTaken = refusal<{ name: string }>('estate.server-name-taken', {
  en: ({ name }) => `This site has a server named "${name}" already. Choose another name.`,
  ja: ({ name }) =>
    `このサイトには「${name}」という名前のサーバーがすでにあります。別の名前を選んでください。`,
});

export const mailboxTaken = refusal<{ address: string }>('estate.mailbox-taken', {
  en: ({ address }) => `This site has the mailbox ${address} already. Change that one.`,
  ja: ({ address }) => `このサイトにはメールボックス ${address} がすでにあります。そちらを変更してください。`,
});

export const tooManyMailboxes = refusal<{ most: number }>('estate.too-many-mailboxes', {
  en: ({ most }) => `A site has at most ${most} mailboxes. Retire one that need not be looked at.`,
  ja: ({ most }) =>
    `1 つのサイトに置けるメールボックスは ${most} 個までです。確認が不要なものを削除してください。`,
});

export const nobodyToApprove = refusal<{ name: string }>('estate.nobody-to-approve', {
  en: ({ name }) =>
    `No agent is enrolled on ${name}, so there is nobody to approve. Enrol one, and compare its fingerprint first.`,
  ja: ({ name }) =>
    `${name} にはエージェントが登録されていないため、承認できません。先に登録し、フィンガープリントを比べてください。`,
});

export const anotherKey = refusal<{
  name: string;
  fingerprint: string;
  hostName: string;
  enrolledAt: string;
}>('estate.another-key', {
  en: ({ name, fingerprint, hostName, enrolledAt }) =>
    `The agent of ${name} has the key ${fingerprint}, and not the one that you looked at: it was enrolled on the host ${hostName} at ${enrolledAt}. Compare it with mailpath-agent status on the machine before you approve it.`,
  ja: ({ name, fingerprint, hostName, enrolledAt }) =>
    `${name} のエージェントの鍵は ${fingerprint} で、確認されたものとは異なります（ホスト ${hostName}、${enrolledAt} に登録）。承認する前に、そのマシンの mailpath-agent status の表示と比べてください。`,
});

export const agentReplacedNow = refusal<{ name: string }>('estate.agent-replaced-now', {
  en: ({ name }) => `The agent of ${name} was revoked or replaced just now. Look again.`,
  ja: ({ name }) =>
    `${name} のエージェントは、たった今、失効または交換されました。もう一度確認してください。`,
});
