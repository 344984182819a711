import { escapeHtml } from '../web/message.ts';

const BUTTON = '<button type="submit" name="action" value="sign-in">Sign in</button>';

const fields = (login: string): string =>
  `<p><label>User <input name="login" type="email" value="${escapeHtml(login)}" required></label>
<p><label>Password <input name="passwd" type="password" required></label>`;

/** The sign-in form: it posts to where it was read from. */
export function signInForm(loginHint: string, applicationId: string): string {
  return `<title>Sign in to your account</title>
<h1>Sign in</h1>
<p>Application ${escapeHtml(applicationId)}
<form method="post">
${fields(loginHint)}
<p>${BUTTON} <button type="submit" name="action" value="decline" formnovalidate>Decline</button>
</form>`;
}

/** The form of the device flow: the user code, then the sign-in. */
export function deviceForm(userCode: string): string {
  return `<title>Enter code to allow access</title>
<h1>Enter code to allow access</h1>
<form method="post">
<p><label>Code <input name="otc" value="${escapeHtml(userCode)}" required></label>
${fields('')}
<p>${BUTTON} <button type="submit" name="action" value="decline" formnovalidate>Decline</button>
</form>`;
}

export const donePage = (text: string): string => `<title>Done</title>\n<p>${escapeHtml(text)}`;

/** OAuth 2.0 Form Post Response Mode: the browser posts the answer to the application. */
export function formPost(redirectUri: string, values: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(values).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<title>Working...</title>
<form method="post" action="${escapeHtml(redirectUri)}">
${inputs.join('\n')}
<button type="submit">Continue</button>
</form>
<script>document.forms[0].submit()</script>`;
}
