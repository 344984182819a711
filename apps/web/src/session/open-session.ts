/** Opens a session; answers the refusal in the API's words, or null. */
export async function openSession(body: Record<string, unknown>): Promise<string | null> {
  const answer = await fetch('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.ok) return null;
  const { detail = answer.statusText } = (await answer.json()) as { detail?: string };
  return detail;
}
