import { spawn } from 'node:child_process';

/**
 * A small shell beside a program that was started in a process group of its own: it reads a pipe whose other end only
 * this process holds, so the system closes it whatever ends this process, SIGKILL included (ADR 29). The whole group is
 * then told to end, and is killed if it has not followed after 5 s.
 */
const SCRIPT = `
trap '' HUP INT TERM
while read -r line; do [ "$line" = dismissed ] && exit 0; done
kill -TERM "-$0" 2>/dev/null || exit 0
for second in 1 2 3 4 5; do
  sleep 1
  kill -0 "-$0" 2>/dev/null || exit 0
done
kill -KILL "-$0" 2>/dev/null
`;

/**
 * Starts a program that ends, and all that it started in its group, when this process has gone, however it went. It
 * reads no standard input. On Windows a child that is not detached ends with its parent by itself.
 */
export function startThatEndsWithParent(program, args) {
  const isWindows = process.platform === 'win32';
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: !isWindows });
  if (isWindows || child.pid === undefined) return child;
  const guardian = spawn('/bin/sh', ['-c', SCRIPT, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Neither Ctrl-C nor the end of this process's group reaches it.
    detached: true,
  });
  guardian.unref();
  guardian.stdin.unref();
  child.once('exit', () => guardian.stdin.end('dismissed\n'));
  return child;
}
