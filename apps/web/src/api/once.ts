/** The second click of a double click comes sooner. */
const SAME_MS = 1_000;
/** One that nobody has answered by then may be lost: whoever sends it again means it. */
const LOST_MS = 10_000;

const sent = new Map<string, Promise<Response>>();

/**
 * Sends a request; the same POST that follows at once is answered with the same answer and not sent again: a double
 * click on a form would make two keys, one of which nobody has seen.
 */
export async function once(request: Request): Promise<Response> {
  if (request.method !== 'POST') return fetch(request);
  const what = `${request.url}\n${await request.clone().text()}`;
  const answer = sent.get(what) ?? begun(what, request);
  // A body is read once.
  return (await answer).clone();
}

async function begun(what: string, request: Request): Promise<Response> {
  const answer = fetch(request);
  sent.set(what, answer);
  const forget = (): void => {
    if (sent.get(what) === answer) sent.delete(what);
  };
  setTimeout(forget, LOST_MS);
  try {
    // Refused, it has made nothing, and may be tried again at once.
    if ((await answer).ok) setTimeout(forget, SAME_MS);
    else forget();
  } catch (error) {
    forget();
    throw error;
  }
  return answer;
}
