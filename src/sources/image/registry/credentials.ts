import type { UnreadableFact } from '../../../model/fact.ts';
import { unreadable } from '../../../model/fact.ts';
import { type JsonObject, objectIn, textIn } from '../../../model/json.ts';
import { Secret } from '../../../model/secret.ts';
import type { Surroundings } from '../../engine/surroundings.ts';
import { type CredentialFile, readCredentialFiles } from './credential-files.ts';
import { askCredentialHelper } from './credential-helper.ts';

/** What somebody logged in to a registry with. */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: Secret }
  /** To be changed for an access token at the token server. */
  | { readonly kind: 'identity-token'; readonly token: Secret }
  /** To be shown to the registry as it is. */
  | { readonly kind: 'registry-token'; readonly token: Secret };

export interface FoundCredential {
  readonly credential?: Credential;
  /** Where it was found: a file, `docker-credential-pass`. */
  readonly source?: string;
  /** Files and helpers that could not be read, in which one may be. */
  readonly gaps: readonly UnreadableFact[];
}

/** One registry, under all names that clients keep its credentials under. */
const dockerHub = 'docker.io';
const namesOfDockerHub = new Set([dockerHub, 'index.docker.io', 'registry-1.docker.io']);
/** What Docker's own client calls it, in files and to helpers. */
const dockerHubKey = 'https://index.docker.io/v1/';

/**
 * What this user logged in to `registry` (`docker.io`, `registry.example:5000`) with, for `repository`. The files are asked in the
 * order of `readCredentialFiles`; within one, a helper of this registry comes first, then the store of all, then the file itself, as
 * for Docker's client. Keys of Podman's may be longer than a registry (`quay.io/shop`): the longest that fits is taken. What
 * cannot be read ends as a gap, because most images can be read without credentials.
 */
export async function findCredential(
  registry: string,
  repository: string,
  surroundings: Surroundings,
): Promise<FoundCredential> {
  const wanted = { host: hostNamed(registry), repository };
  const { files, gaps: unreadFiles } = readCredentialFiles(surroundings);
  const gaps = [...unreadFiles];
  for (const file of files) {
    for (const helper of helpersOf(file, wanted)) {
      for (const server of serverNames(wanted.host)) {
        const answer = await askCredentialHelper(helper, server, surroundings.environment);
        if (answer.kind === 'found') {
          const credential = credentialFrom(answer.username, answer.secret);
          return { credential, source: `docker-credential-${helper}`, gaps };
        }
        if (answer.kind === 'failed') {
          gaps.push(unreadable('file', file.path, answer.reason, answer.need));
          break;
        }
      }
    }
    const credential = credentialIn(bestEntry(objectIn(file.content, 'auths'), wanted));
    if (credential) return { credential, source: file.path, gaps };
  }
  return { gaps };
}

interface Wanted {
  readonly host: string;
  readonly repository: string;
}

/** Helpers to ask, the one of this registry first. */
function helpersOf({ content }: CredentialFile, wanted: Wanted): string[] {
  const own = bestEntry(objectIn(content, 'credHelpers'), wanted);
  const store = textIn(content, 'credsStore');
  return [...new Set([own, store])].filter((each) => typeof each === 'string' && each !== '') as string[];
}

function serverNames(host: string): string[] {
  return host === dockerHub ? [dockerHubKey, dockerHub] : [host];
}

/** The value under the longest key that the wanted image lies below. */
function bestEntry(entries: JsonObject, { host, repository }: Wanted): JsonObject[string] {
  let best: { readonly length: number; readonly value: JsonObject[string] } | undefined;
  for (const [key, value] of Object.entries(entries)) {
    const { host: keyHost, path } = readKey(key);
    const fits = keyHost === host && (path === '' || repository === path || repository.startsWith(`${path}/`));
    if (fits && path.length >= (best?.length ?? 0) && isSaying(value)) best = { length: path.length, value };
  }
  return best?.value;
}

/** Clients leave empty entries beside a store. */
function isSaying(value: JsonObject[string]): boolean {
  return typeof value === 'string' || credentialIn(value) !== undefined;
}

/** A key of Docker's is an address of any age (`https://HOST/v1/`), one of Podman's a name with or without a path. */
function readKey(key: string): { readonly host: string; readonly path: string } {
  const isAddress = /^https?:\/\//i.test(key);
  const [host = '', ...rest] = key.replace(/^https?:\/\//i, '').split('/');
  const path = rest.join('/').replace(/\/$/, '');
  return { host: hostNamed(host), path: isAddress || path === 'v1' || path === 'v2' ? '' : path };
}

function hostNamed(name: string): string {
  const host = name.toLowerCase();
  return namesOfDockerHub.has(host) ? dockerHub : host;
}

function credentialIn(entry: JsonObject[string]): Credential | undefined {
  const identityToken = textIn(entry, 'identitytoken');
  if (identityToken) return { kind: 'identity-token', token: new Secret(identityToken) };
  const registryToken = textIn(entry, 'registrytoken');
  if (registryToken) return { kind: 'registry-token', token: new Secret(registryToken) };
  // Node passes over what is not base64. Some clients fill the end with zeros.
  const decoded = Buffer.from(textIn(entry, 'auth') ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon > 0) return credentialFrom(decoded.slice(0, colon), decoded.slice(colon + 1));
  const username = textIn(entry, 'username');
  const password = textIn(entry, 'password');
  return username && password ? credentialFrom(username, password) : undefined;
}

/** A helper says by the name `<token>` that the secret is an identity token. */
function credentialFrom(username: string, secret: string): Credential {
  return username === '<token>'
    ? { kind: 'identity-token', token: new Secret(secret) }
    : { kind: 'password', username, password: new Secret(secret) };
}
