import http from 'node:http';
import https from 'node:https';
import { apiTrust } from '../api-trust.ts';

/** Reads a file of the API. Rejects unless it is answered with 200 and at most `mostBytes`; follows no redirect. */
export function fetchFile(url: URL, mostBytes: number, deadlineMs: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const secure = url.protocol === 'https:';
  const request = (secure ? https : http).get(
    url,
    {
      agent: false,
      ...(secure ? { secureContext: apiTrust() } : {}),
      signal: AbortSignal.timeout(deadlineMs),
    },
    (response) => {
      if (response.statusCode !== 200)
        return void request.destroy(new Error(`${url.pathname} is answered with ${response.statusCode}`));
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes)
          request.destroy(new Error(`${url.pathname} is larger than ${mostBytes} bytes`));
        else chunks.push(chunk);
      });
      response.once('end', () => resolve(Buffer.concat(chunks)));
      response.once('error', reject);
    },
  );
  request.once('error', reject);
  return promise;
}
