import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Certificates } from '../certificates.ts';

/** Gives tokens that a real registry verifies, and counts them. */
export interface TokenServer extends AsyncDisposable {
  readonly realm: string;
  readonly given: () => number;
}

const service = 'registry of a test';
const issuer = 'token server of a test';

/** What a registry must be told to believe it. `bundle`: a file with the authority. */
export function tokenAuthOf({ realm }: TokenServer, bundle: string) {
  return { token: { realm, service, issuer, rootcertbundle: bundle } };
}

/** Lets `account` pull, for a time so short that tokens run out while an image is read. Nobody else gets anything. */
export async function startTokenServer(
  { server: { cert, key } }: Certificates,
  account: { readonly username: string; readonly password: string },
  /** Seconds. */
  life: number,
): Promise<TokenServer> {
  let count = 0;
  const expected = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;
  const server = createServer(({ url = '', headers }, response) => {
    if (headers.authorization !== expected) {
      response.writeHead(401).end();
      return;
    }
    count++;
    const { searchParams } = new URL(url, 'http://here');
    const token = tokenFor(searchParams.getAll('scope'), { cert, key, life });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token, expires_in: life }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  const { port } = server.address() as AddressInfo;
  return { realm: `http://127.0.0.1:${port}/token`, given: () => count, [Symbol.asyncDispose]: stop };
}

interface Signing {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly life: number;
}

function tokenFor(scopes: readonly string[], { cert, key, life }: Signing): string {
  const now = Math.floor(Date.now() / 1000);
  const access = scopes.map((scope) => {
    const [type = '', name = '', actions = ''] = scope.split(':');
    return { type, name, actions: actions.split(',').filter((each) => each === 'pull') };
  });
  const header = { typ: 'JWT', alg: 'ES256', x5c: [new X509Certificate(cert).raw.toString('base64')] };
  const claims = {
    iss: issuer,
    sub: 'me',
    aud: service,
    nbf: now - 10,
    iat: now,
    exp: now + life,
    jti: randomUUID(),
    access,
  };
  const body = [header, claims].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(body), { key: createPrivateKey(key), dsaEncoding: 'ieee-p1363' });
  return `${body}.${signature.toString('base64url')}`;
}
