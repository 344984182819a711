import { SMTP_LOGIN_ANSWERS } from './smtp-login-answers.ts';
import { SMTP_SENDING_ANSWERS } from './smtp-sending-answers.ts';
import { SMTP_SERVICE_ANSWERS } from './smtp-service-answers.ts';

/** Errors of submission. */
export const SMTP_ANSWERS = [...SMTP_LOGIN_ANSWERS, ...SMTP_SENDING_ANSWERS, ...SMTP_SERVICE_ANSWERS];
