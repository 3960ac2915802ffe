import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import { type Fact, known, type UnreadableFact } from '../../model/fact.ts';
import type { Accounts, CredentialFile, UserAccount } from '../../model/host.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { fileFailure } from './file.ts';
import { realPathIn } from './rooted-path.ts';

/** Bytes; nobody logs in to that many registries. */
const largest = 1024 ** 2;

/** Shells of accounts that nobody works with. */
const noLogin = new Set(['nologin', 'false', 'sync', 'halt', 'shutdown']);

/**
 * Where the users of this host keep what they log in to registries with. No secret is taken over. Where some homes may
 * not be looked into, nothing is known, unless a password was found in the others: that holds anyhow.
 */
export function readCredentials(accounts: Fact<Accounts>, root = ''): Fact<readonly CredentialFile[]> {
  if (!accounts.known) return accounts;
  const files = new Map<string, CredentialFile>();
  let gap: UnreadableFact | undefined;
  for (const user of accounts.value.users.filter((each) => !noLogin.has(basename(each.shell)))) {
    for (const path of placesOf(user)) {
      try {
        const file = readCredentialFile(path, user.name, root);
        if (file && !files.has(file.status.realPath)) files.set(file.status.realPath, file);
      } catch (error) {
        if (!isAbsence(error)) gap ??= fileFailure(root + path, error);
      }
    }
  }
  const found = [...files.values()];
  if (gap && !found.some(({ plainRegistries }) => plainRegistries.length > 0)) return gap;
  return known(found, 'file', '~/.docker/config.json, ~/.config/containers/auth.json');
}

/** Docker's file and that of its snap, and where Podman, Buildah and Skopeo look. */
const filesInHome = ['.docker/config.json', 'snap/docker/current/.docker/config.json', '.config/containers/auth.json'];

/** A `DOCKER_CONFIG` of another session is not known. */
function placesOf({ home, uid }: UserAccount): string[] {
  const inHome = filesInHome.map((name) => join('/', home, name));
  return [...inHome, `/run/containers/${uid}/auth.json`, `/run/user/${uid}/containers/auth.json`];
}

function readCredentialFile(path: string, user: string, root: string): CredentialFile | undefined {
  const realPath = realPathIn(root, path);
  // Its owner may have made it anything, and at any moment: a device must not be opened, which may start it, and a
  // pipe not be waited for.
  if (!lstatSync(root + realPath).isFile()) return undefined;
  const descriptor = openSync(root + realPath, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) return undefined;
    if (status.size > largest) throw tooLarge(path);
    const { uid, gid } = status;
    return {
      path,
      user,
      status: { path, realPath, kind: 'file', uid, gid, mode: status.mode & 0o7777 },
      ...contentsOf(readFileSync(descriptor, 'utf8')),
    };
  } finally {
    closeSync(descriptor);
  }
}

function tooLarge(path: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${path} is larger than 1 MiB and was not read`, zh: `${path} 超过 1 MiB，未读取` },
    { en: `look at ${path}: no client writes so much`, zh: `检查 ${path}：没有客户端会写入这么多内容` },
  );
}

function contentsOf(text: string): Pick<CredentialFile, 'plainRegistries' | 'store'> {
  const file = objectIn(parsed(text));
  const plainRegistries = Object.entries(objectIn(file['auths']))
    .filter(([, entry]) => holdsSecret(objectIn(entry)))
    // Whoever owns the file chose the name, and others will read it on their terminals.
    .map(([registry]) => registry.slice(0, 255).replaceAll(/[^\w.:/[\]-]/g, '?'));
  const store = file['credsStore'] || Object.values(objectIn(file['credHelpers']))[0];
  return { plainRegistries, ...(typeof store === 'string' && store !== '' ? { store } : {}) };
}

/** What a client writes: a password in base64, or a token that does as much. */
const secretKeys = ['auth', 'identitytoken', 'registrytoken', 'password'];

function holdsSecret(entry: JsonObject): boolean {
  return secretKeys.some((key) => typeof entry[key] === 'string' && entry[key] !== '');
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function objectIn(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '');
}
