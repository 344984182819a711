import { refusal } from '../../platform/refusal.ts';

// What an agent is refused with that reports by HTTPS.

export const apiIsOlder = refusal<{ protocol: number }>('app.api-is-older', {
  en: ({ protocol }) =>
    `This API speaks protocol ${protocol}, which is older than the agent's. Update the API first.`,
  ja: ({ protocol }) =>
    `この API のプロトコルは ${protocol} で、エージェントより古いものです。先に API を更新してください。`,
});

export const nonceUnknown = refusal('app.nonce-unknown', {
  en: () => 'Mailpath does not know this nonce, or it has expired. Ask for another one.',
  ja: () => 'この nonce は不明か、期限切れです。新しいものを取得してください。',
});

export const agentUnknown = refusal('app.agent-unknown', {
  en: () => 'Mailpath does not know this agent, has revoked it, or its signature is wrong. Enrol it again.',
  ja: () => 'エージェントが不明か、失効しているか、署名が正しくありません。登録し直してください。',
});

export const agentRevoked = refusal('app.agent-revoked', {
  en: () => 'This agent was revoked. Enrol it again.',
  ja: () => 'このエージェントは失効しています。登録し直してください。',
});

export const tooManyBatches = refusal<{ seconds: number }>('app.too-many-batches', {
  en: ({ seconds }) => `Too many batches came from this agent or address. Try again in ${seconds} s.`,
  ja: ({ seconds }) =>
    `このエージェントまたはアドレスからの送信が多すぎます。${seconds} 秒後にもう一度お試しください。`,
});

export const keyIsCloned = refusal('app.key-is-cloned', {
  en: () => 'two machines have the key of this agent: an administrator has to settle which is the original.',
  ja: () => '2 台のマシンがこのエージェントの鍵を持っています。元のマシンを管理者が確認する必要があります。',
});

export const resultsUnreadable = refusal<{ reason: string; boot: string }>('app.results-unreadable', {
  en: ({ reason, boot }) => `Mailpath cannot read these results: ${reason} (boot ${boot})`,
  ja: ({ reason, boot }) => `この結果を読み取れません：${reason}（boot ${boot}）`,
});
