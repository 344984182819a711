import { refusal } from '../platform/refusal.ts';

// What a caller is refused with about agents, their codes and upgrades.

export const twoMachines = refusal('fleet.two-machines', {
  en: () =>
    'Two machines have the key of this agent. Say which is the original, or give the server a new enrolment code.',
  ja: () =>
    '2 台のマシンがこのエージェントの鍵を持っています。元のマシンを指定するか、サーバーに新しい登録コードを発行してください。',
});

export const copiesOfOneProcess = refusal('fleet.copies-of-one-process', {
  en: () =>
    'Both machines are copies of one running process, and say the same. Give the server a new enrolment code, and use it on the original.',
  ja: () =>
    '両方のマシンは同じプロセスの複製で、区別できません。サーバーに新しい登録コードを発行し、元のマシンで使ってください。',
});

export const noSuchBoot = refusal('fleet.no-such-boot', {
  en: () =>
    'No machine with that boot has tried to join. Look again which there are: a process that was started again has another one.',
  ja: () =>
    'その boot のマシンは接続を試みていません。プロセスを起動し直すと boot は変わります。もう一度一覧を確認してください。',
});

export const nothingToSettle = refusal('fleet.nothing-to-settle', {
  en: () => 'Nobody doubts the key of this agent: there is nothing to settle.',
  ja: () => 'このエージェントの鍵に疑いはないため、確認することはありません。',
});

export const tooOldForNewKey = refusal<{ protocol: number }>('fleet.too-old-for-new-key', {
  en: ({ protocol }) =>
    `The agent does not speak protocol ${protocol} or later, in which it makes itself a new key. Update it, or give the server a new enrolment code.`,
  ja: ({ protocol }) =>
    `エージェントは、新しい鍵の作成に必要なプロトコル ${protocol} 以降に対応していません。更新するか、サーバーに新しい登録コードを発行してください。`,
});

export const noAgentEnrolled = refusal<{ name: string }>('fleet.no-agent-enrolled', {
  en: ({ name }) => `No agent is enrolled on ${name}.`,
  ja: ({ name }) => `${name} にはエージェントが登録されていません。`,
});

export const enrolmentCodeRefused = refusal('fleet.enrolment-code-refused', {
  en: () =>
    'This enrolment code is wrong, used or expired. Create a new one, and enrol with it before it expires.',
  ja: () =>
    'この登録コードは、誤りか、使用済みか、期限切れです。新しいコードを発行し、期限内に登録してください。',
});

export const tooManyWrongCodes = refusal<{ seconds: number }>('fleet.too-many-wrong-codes', {
  en: ({ seconds }) => `Too many wrong enrolment codes came from this address. Try again in ${seconds} s.`,
  ja: ({ seconds }) =>
    `このアドレスから誤った登録コードが多数送信されました。${seconds} 秒後にもう一度お試しください。`,
});

export const upgradeRuns = refusal('fleet.upgrade-runs', {
  en: () => 'An upgrade of this site runs already. Stop it first.',
  ja: () => 'このサイトのアップグレードはすでに進行中です。先にそれを中止してください。',
});

export const nothingToUpgrade = refusal<{ version: string }>('fleet.nothing-to-upgrade', {
  en: ({ version }) =>
    `No server of this site would become newer by version ${version}: each has it, or its administrator has not allowed upgrades.`,
  ja: ({ version }) =>
    `バージョン ${version} で新しくなるサーバーはこのサイトにありません。すでに導入済みか、サーバーの管理者がアップグレードを許可していません。`,
});

// What a machine is refused with that enrols by the code of a rollout.

export const codeForOtherRoles = refusal<{ roles: readonly string[]; asked: string }>(
  'fleet.code-for-other-roles',
  {
    en: ({ roles, asked }) => `This code is for the roles ${roles.join(' and ')}, not for ${asked}.`,
    ja: ({ roles, asked }) => `このコードの役割は ${roles.join('、')} で、${asked} には使えません。`,
  },
);

export const hostNameNotAServer = refusal<{ hostName: string }>('fleet.host-name-not-a-server', {
  en: ({ hostName }) =>
    `The host name "${hostName}" cannot be the name of a server. Create the server yourself, and enrol it with a code of its own.`,
  ja: ({ hostName }) =>
    `ホスト名「${hostName}」はサーバーの名前に使えません。サーバーを手動で作成し、専用のコードで登録してください。`,
});

export const serverHasAnAgent = refusal<{ name: string }>('fleet.server-has-an-agent', {
  en: ({ name }) => `The server "${name}" has an agent already. Enrol it again with a code of its own.`,
  ja: ({ name }) =>
    `サーバー「${name}」にはすでにエージェントがあります。専用のコードで登録し直してください。`,
});

export const codeForFewerRoles = refusal<{ name: string; role: string }>('fleet.code-for-fewer-roles', {
  en: ({ name, role }) =>
    `The server "${name}" also has the role ${role}, and this code does not include it.`,
  ja: ({ name, role }) =>
    `サーバー「${name}」には役割 ${role} もありますが、このコードはその役割を含みません。`,
});
