import { refusal } from '../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const bootForm = refusal('fleet.boot-form', {
  en: () => 'boot is that of one of the machines in agent.quarantine',
  ja: () => 'agent.quarantine にあるマシンの boot を指定してください',
});

export const networkForm = refusal('fleet.network-form', {
  en: () => 'write an address or a network, such as 10.20.0.0/16 or 2001:db8::/32',
  ja: () => 'アドレスまたはネットワークを入力してください（例：10.20.0.0/16、2001:db8::/32）',
});

export const timeOfDay = refusal('fleet.time-of-day', {
  en: () => 'write a time of day, such as 22:00',
  ja: () => '時刻を入力してください（例：22:00）',
});

export const timeZone = refusal('fleet.time-zone', {
  en: () => 'write a time zone by its IANA name, such as Asia/Tokyo',
  ja: () => 'IANA のタイム ゾーン名を入力してください（例：Asia/Tokyo）',
});

export const sameTimes = refusal('fleet.same-times', {
  en: () => 'write a time that differs from the one in from',
  ja: () => 'from と異なる時刻を入力してください',
});

export const downloadName = refusal('fleet.download-name', {
  en: () => 'write the name of a file in /downloads',
  ja: () => '/downloads にあるファイルの名前を指定してください',
});

export const serverNamedTwice = refusal('fleet.server-named-twice', {
  en: () => 'name each server once',
  ja: () => '同じサーバーを 2 回指定しないでください',
});

export const noBundle = refusal<{ name: string }>('fleet.no-bundle', {
  en: ({ name }) => `there is no ${name} in /downloads: put it there first`,
  ja: ({ name }) => `/downloads に ${name} がありません。先に置いてください`,
});

export const noManifest = refusal<{ name: string }>('fleet.no-manifest', {
  en: ({ name }) => `there is no manifest ${name} in /downloads: put it there first`,
  ja: ({ name }) => `/downloads にマニフェスト ${name} がありません。先に置いてください`,
});

export const bundleOfAnother = refusal<{ bundle: string; manifest: string }>('fleet.bundle-of-another', {
  en: ({ bundle, manifest }) =>
    `the signature of ${manifest} is not for this ${bundle}: put both there again`,
  ja: ({ bundle, manifest }) =>
    `${manifest} の署名は、この ${bundle} に対するものではありません。両方を置き直してください`,
});

export const manifestExpired = refusal<{ name: string; at: string }>('fleet.manifest-expired', {
  en: ({ name, at }) => `${name} expired at ${at}: have it signed again`,
  ja: ({ name, at }) => `${name} は ${at} に期限が切れました。署名し直してください`,
});

export const notAManifest = refusal<{ name: string; reason: string }>('fleet.not-a-manifest', {
  en: ({ name, reason }) => `${name} is not the manifest of a bundle (${reason})`,
  ja: ({ name, reason }) => `${name} はバンドルのマニフェストではありません（${reason}）`,
});
