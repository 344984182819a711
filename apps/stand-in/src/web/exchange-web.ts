import type { ServerResponse } from 'node:http';
import { sendHtml, sendRedirect } from './message.ts';

/** Outlook's web side: its front page sends the browser to the mailbox, everything else is not here. */
export function answerAsExchange({ pathname }: URL, response: ServerResponse): void {
  if (pathname === '/') return sendRedirect(response, 'https://outlook.office365.com/owa/');
  sendHtml(response, 404, '<title>404</title><p>Not found.');
}
