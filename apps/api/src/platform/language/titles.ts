import { STATUS_CODES } from 'node:http';
import type { Language } from '@mailpath/protocol';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';

/** What a status is called in Japanese; RFC 9110 has the English names. */
const JAPANESE: Record<ErrorCode, string> = {
  validation: '入力に誤りがあります',
  unauthorized: 'サインインが必要です',
  forbidden: '許可されていません',
  'enrolment-refused': '登録を受け付けられません',
  'not-found': '見つかりません',
  'method-not-allowed': 'この操作はできません',
  conflict: '現在の状態と矛盾します',
  'precondition-failed': 'ほかの人が先に変更しました',
  'payload-too-large': '送信内容が大きすぎます',
  'unsupported-media-type': '形式が JSON ではありません',
  'idempotency-key-reused': 'Idempotency-Key は使用済みです',
  'too-many-requests': '要求が多すぎます',
  internal: 'Mailpath の内部エラー',
  unavailable: '現在利用できません',
};

/** What the status of a refusal is called. */
export const titleOf = (code: ErrorCode, language: Language): string =>
  language === 'ja' ? JAPANESE[code] : (STATUS_CODES[ERROR_STATUS[code]] ?? 'Error');
