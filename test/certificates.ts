import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether certificates can be made here. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export interface Certificates {
  /** Has `ca.pem`, `cert.pem` and `key.pem` of a client, as in `DOCKER_CERT_PATH`. */
  readonly folder: string;
  readonly ca: Buffer;
  readonly server: { readonly cert: Buffer; readonly key: Buffer };
  readonly client: { readonly cert: Buffer; readonly key: Buffer };
}

/** A new authority, with a server's certificate for `names` (`IP:127.0.0.1`, `DNS:engine.example`) and a client's. */
export function makeCertificates(folder: string, names = 'IP:127.0.0.1'): Certificates {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', file('ca-key.pem'), '-out', file('ca.pem'), '-subj', '/CN=Test CA');
  const issue = (name: string, subject: string, extension: string) => {
    writeFileSync(file('extensions'), extension);
    openssl('req', ...newKey, '-keyout', file(`${name}key.pem`), '-out', file('request.pem'), '-subj', subject);
    const authority = ['-CA', file('ca.pem'), '-CAkey', file('ca-key.pem'), '-CAcreateserial'];
    const output = ['-extfile', file('extensions'), '-out', file(`${name}cert.pem`)];
    openssl('x509', '-req', '-in', file('request.pem'), ...authority, ...output);
    return { cert: readFileSync(file(`${name}cert.pem`)), key: readFileSync(file(`${name}key.pem`)) };
  };
  return {
    folder,
    server: issue('server-', '/CN=engine', `subjectAltName = ${names}\nextendedKeyUsage = serverAuth\n`),
    client: issue('', '/CN=client', 'extendedKeyUsage = clientAuth\n'),
    ca: readFileSync(file('ca.pem')),
  };
}

function openssl(...options: string[]): void {
  execFileSync('openssl', options, { stdio: 'ignore' });
}
