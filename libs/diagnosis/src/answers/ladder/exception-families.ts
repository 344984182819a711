import { grantSendAs, backOff } from '../exchange/remedies.ts';
import { readMailbox, traceMessage } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';

/**
 * What the name of an Exchange exception says (`STOREDRV.Submission.Exception:NAME.MapiExceptionNAME`): the parts that
 * names are made of, in lower case. The names are Exchange's own classes; one that nobody has listed is told by the
 * words in it.
 */
interface Names {
  readonly parts: readonly string[];
  readonly answer: Omit<LadderAnswer, 'rung'>;
}

/** By parts of names; the first that fits counts. For the page of answers as well. */
export const EXCEPTION_FAMILIES: readonly Names[] = [
  {
    parts: ['outboundspam', 'refusequota', 'showtierupgrade', 'badoutboundsender', 'senderblocked'],
    answer: {
      items: ['X5', 'X7'],
      owner: 'exchange',
      retry: 'no',
      meaning: {
        en: 'Exchange Online holds the account for a source of spam and has blocked or limited its sending; a trial tenant has low limits.',
        ja: 'Exchange Online がアカウントをスパムの送信元と見なし、送信をブロックまたは制限しています。試用版テナントの上限は低く設定されています。',
      },
      action: {
        en: 'In the Microsoft Defender portal open Restricted entities and read why; secure the account, then release it, and look at the outbound limits of the tenant.',
        ja: 'Microsoft Defender ポータルの「制限されたエンティティ」(Restricted entities) で理由を確認し、アカウントを保護してから解除してください。テナントの送信の上限も確認してください。',
      },
    },
  },
  {
    parts: ['sendasdenied', 'sendonbehalf', 'sendasnotallowed'],
    answer: {
      items: ['C8'],
      owner: 'exchange',
      retry: 'no',
      denies: 'send-as',
      meaning: {
        en: 'The account of the token has no right to send as the address in From.',
        ja: 'トークンのアカウントに、From のアドレスとして送信する権限がありません。',
      },
      action: grantSendAs,
    },
  },
  {
    parts: [
      'accountdisabled',
      'userdisabled',
      'accountlocked',
      'accountexpired',
      'passwordexpired',
      'passwordmustchange',
      'mailboxdisabled',
      'userdeleted',
    ],
    answer: {
      items: ['X5', 'C7'],
      owner: 'exchange',
      retry: 'no',
      meaning: {
        en: 'Exchange Online says that the account is disabled, locked, or has a password to change, or that its mailbox is switched off.',
        ja: 'アカウントが無効、ロック中、またはパスワードの変更が必要な状態であるか、メールボックスが無効であると Exchange Online が応答しています。',
      },
      action: {
        en: 'See whether the account may sign in (Entra admin center, the user’s properties) and whether its mailbox is there and licensed (Get-Mailbox).',
        ja: 'アカウントがサインインできる状態か (Entra 管理センターのユーザーのプロパティ)、メールボックスが存在しライセンスがあるか (Get-Mailbox) を確認してください。',
      },
    },
  },
  {
    parts: ['logonfailed', 'logondenied', 'logonfailure'],
    answer: {
      items: ['C8'],
      owner: 'exchange',
      retry: 'no',
      denies: 'log-on',
      meaning: {
        en: 'Who signed in may not log on to this mailbox; the same comes back on every try until that is changed.',
        ja: 'サインインしたアカウントまたはアプリケーションには、このメールボックスへのログオンが許可されていません。変更するまで、再試行しても同じ結果になります。',
      },
      action: {
        en: 'Check with Get-MailboxPermission and Get-RecipientPermission who has FullAccess and SendAs on this mailbox, and give both to who signs in.',
        ja: 'このメールボックスの FullAccess と SendAs を誰が持っているか、Get-MailboxPermission と Get-RecipientPermission で確認し、サインインするアカウントまたはアプリケーションに両方を付与してください。',
      },
    },
  },
  {
    parts: ['accessdenied', 'noaccess', 'notauthorized', 'unauthorized', 'permissiondenied', 'nopermission'],
    answer: {
      items: ['C8'],
      owner: 'exchange',
      retry: 'no',
      meaning: {
        en: 'Exchange Online denies who signed in something that the mailbox or a setting does not permit.',
        ja: 'メールボックスまたは設定で許可されていない操作を、Exchange Online が拒否しています。',
      },
      action: {
        en: 'Check with Get-MailboxPermission and Get-RecipientPermission what who signs in may do with this mailbox.',
        ja: 'サインインするアカウントまたはアプリケーションがこのメールボックスで何を許可されているか、Get-MailboxPermission と Get-RecipientPermission で確認してください。',
      },
    },
  },
  {
    parts: [
      'submissionquota',
      'recipientlimit',
      'recipientrate',
      'toomanyrecip',
      'messagerate',
      'sendlimit',
      'thresholdexceeded',
    ],
    answer: {
      items: ['X7'],
      owner: 'exchange',
      retry: 'wait',
      meaning: {
        en: 'A limit on sending is reached: messages or recipients in a span of time.',
        ja: '一定時間内のメッセージ数または受信者数など、送信の上限に達しました。',
      },
      action: traceMessage,
    },
  },
  {
    parts: [
      'throttl',
      'concurren',
      'toomanyconnections',
      'ratelimit',
      'budgetexceeded',
      'serverbusy',
      'overbudget',
      'toobusy',
      'sessionlimit',
      'maxobjs',
      'maxthreads',
    ],
    answer: {
      items: ['X7'],
      owner: 'exchange',
      retry: 'wait',
      meaning: {
        en: 'Exchange Online throttles: too much is asked of it at once.',
        ja: '同時の要求が多すぎるため、Exchange Online がスロットリングを行っています。',
      },
      action: backOff,
    },
  },
  {
    parts: ['quotaexceeded', 'mailboxfull', 'overquota', 'shutoff', 'storagelimit'],
    answer: {
      items: ['C7', 'X7'],
      owner: 'exchange',
      retry: 'no',
      meaning: {
        en: 'The mailbox, or a folder of it, is full.',
        ja: 'メールボックス、またはそのフォルダーがいっぱいです。',
      },
      action: readMailbox,
    },
  },
  {
    parts: [
      'mailboxnotfound',
      'unknownmailbox',
      'unknownuser',
      'objectnotfound',
      'recipientnotfound',
      'usernotfound',
      'invalidrecip',
    ],
    answer: {
      items: ['C7'],
      owner: 'exchange',
      retry: 'no',
      meaning: {
        en: 'Exchange Online does not find the mailbox or the recipient.',
        ja: 'Exchange Online でメールボックスまたは受信者が見つかりません。',
      },
      action: readMailbox,
    },
  },
  {
    parts: [
      'messagetoolarge',
      'messagetoobig',
      'toocomplex',
      'messagesize',
      'attachment',
      'conversion',
      'corrupt',
      'invalidcontent',
      'mimeexception',
    ],
    answer: {
      items: ['X8'],
      owner: 'mailpath',
      retry: 'no',
      meaning: {
        en: 'Exchange Online does not accept the message as it is made: its size, its parts, or its encoding.',
        ja: 'メッセージのサイズ、構成、またはエンコードが Exchange Online に受け入れられません。',
      },
      action: traceMessage,
    },
  },
  {
    parts: [
      'mailboxoffline',
      'storeunavailable',
      'serverunavailable',
      'mailboxunavailable',
      'mdboffline',
      'mailboxintransit',
      'mailboxmove',
      'transient',
      'timeout',
      'connectionfailed',
      'networkerror',
      'unavailable',
      'offline',
      'wrongserver',
      'notenoughmemory',
      'lowdatabasedisk',
      'backupinprogress',
      'endofsession',
      'rpcfailed',
      'connectionlost',
    ],
    answer: {
      items: ['X7'],
      owner: 'microsoft',
      retry: 'back-off',
      meaning: {
        en: 'The mailbox, or the server that holds it, cannot be used at present.',
        ja: 'メールボックス、またはそれを保持するサーバーを現在利用できません。',
      },
      action: backOff,
    },
  },
];
