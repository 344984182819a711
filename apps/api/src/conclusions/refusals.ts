import { refusal } from '../platform/refusal.ts';

// What a caller is refused with about baselines and streams of events.

export const baselineNameTaken = refusal<{ name: string }>('conclusions.baseline-name-taken', {
  en: ({ name }) => `This site has a baseline named ${name} already. Choose another name.`,
  ja: ({ name }) =>
    `このサイトには ${name} という名前のベースラインがすでにあります。別の名前を選んでください。`,
});

export const tooManyBaselines = refusal<{ most: number }>('conclusions.too-many-baselines', {
  en: ({ most }) => `A site has at most ${most} baselines. Delete one that is no longer needed.`,
  ja: ({ most }) => `1 つのサイトに置けるベースラインは ${most} 個までです。不要なものを削除してください。`,
});

export const tooManyStreams = refusal<{ anAddress: number; inAll: number }>('conclusions.too-many-streams', {
  en: ({ anAddress, inAll }) =>
    `Too many streams of events are open (${anAddress} to one address, ${inAll} in all). Close one, or read the comparison instead.`,
  ja: ({ anAddress, inAll }) =>
    `開いているイベント ストリームが多すぎます（1 つのアドレスに ${anAddress}、全体で ${inAll}）。どれかを閉じるか、比較を読み取ってください。`,
});
