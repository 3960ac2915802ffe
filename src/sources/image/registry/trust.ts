import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, getCACertificates, type SecureContext, type SecureContextOptions } from 'node:tls';
import { type UnreadableFact, unreadable } from '../../../model/fact.ts';
import { RegistryFailure } from './failure.ts';

/** Whom to believe that he is a registry, and what to show him of oneself. */
export interface Trust {
  /** For the registry itself: with the certificate of a client, where there is one. */
  readonly own: () => SecureContext;
  /** For hosts that the registry sends its clients to: the same authorities, and nothing of our own. */
  readonly others: () => SecureContext;
  readonly gaps: readonly UnreadableFact[];
}

/** PEM texts. */
interface TrustMaterial {
  readonly authorities: readonly Buffer[];
  readonly clients: readonly { readonly cert: Buffer; readonly key: Buffer }[];
  readonly gaps: readonly UnreadableFact[];
}

/** Where clients look for certificates of registries: Docker, rootless Docker, Podman. */
export function certificateFolders(home: string): string[] {
  return [
    '/etc/docker/certs.d',
    join(home, '.docker/certs.d'),
    join(home, '.config/docker/certs.d'),
    '/etc/containers/certs.d',
    join(home, '.config/containers/certs.d'),
  ];
}

/**
 * The trust in a host that goes by `names`: the authorities of the system and of Node, that of `authorityFile`, and those below
 * `folders`. Contexts are made when they are first needed, because reading all authorities of a system takes a tenth of a second.
 *
 * @throws PlimsollError from the start where `authorityFile` cannot be read, and from `own` and `others` for what is no certificate
 */
export function trustIn(
  names: readonly string[],
  folders: readonly string[],
  authorityFile: string | undefined,
): Trust {
  const [host = ''] = names;
  const material = readTrustMaterial(names, folders);
  const authorities = [...(authorityFile === undefined ? [] : [readAuthority(authorityFile)]), ...material.authorities];
  const [client] = material.clients;
  const make = (options: SecureContextOptions) => {
    try {
      return contextWith(authorities, options);
    } catch {
      throw new RegistryFailure(
        'registry-tls',
        { en: `the certificates for ${host} cannot be used`, zh: `用于 ${host} 的证书无法使用` },
        {
          en: 'See that authorities (.crt), certificates (.cert) and keys (.key) are PEM files and belong together.',
          zh: '请检查 CA（.crt）、证书（.cert）和私钥（.key）均为 PEM 文件且相互匹配。',
        },
      );
    }
  };
  const others = remembered(() => (authorities.length === 0 ? usualContext() : make({})));
  return { own: client ? remembered(() => make(client)) : others, others, gaps: material.gaps };
}

/** What every registry is held against for which nobody laid down anything else. */
const usualContext = remembered(() => contextWith([], {}));

function contextWith(authorities: readonly Buffer[], options: SecureContextOptions): SecureContext {
  const usual = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  return createSecureContext({ ca: [...usual, ...authorities], minVersion: 'TLSv1.2', ...options });
}

function remembered<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function readAuthority(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    throw new RegistryFailure(
      'file-unreadable',
      { en: `${file} cannot be read: ${code}`, zh: `${file} 无法读取：${code}` },
      { en: 'Give a PEM file with the certificate of the authority.', zh: '请提供包含 CA 证书的 PEM 文件。' },
    );
  }
}

/** What lies for a registry in folders of its names: `*.crt` are authorities, `NAME.cert` with `NAME.key` show who the client is. */
function readTrustMaterial(names: readonly string[], folders: readonly string[]): TrustMaterial {
  const authorities: Buffer[] = [];
  const clients: { cert: Buffer; key: Buffer }[] = [];
  const gaps: UnreadableFact[] = [];
  const read = (path: string) => {
    try {
      return readFileSync(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
      // Distributions lay links there to what may not be installed.
      if (code !== 'ENOENT') gaps.push(unreadableCertificate(path, code));
      return undefined;
    }
  };
  // Nothing that begins with a dot is a host.
  const safeNames = [...new Set(names)].filter((each) => /^[\w[]/.test(each));
  for (const folder of folders.flatMap((each) => safeNames.map((name) => join(each, name)))) {
    for (const name of namesIn(folder, gaps)) {
      if (name.endsWith('.crt')) authorities.push(...[read(join(folder, name)) ?? []].flat());
      if (!name.endsWith('.cert')) continue;
      const cert = read(join(folder, name));
      const key = read(join(folder, `${name.slice(0, -'.cert'.length)}.key`));
      if (cert && key) clients.push({ cert, key });
    }
  }
  return { authorities, clients, gaps };
}

function namesIn(folder: string, gaps: UnreadableFact[]): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') gaps.push(unreadableCertificate(folder, code));
    return [];
  }
}

function unreadableCertificate(path: string, code: string): UnreadableFact {
  return unreadable(
    'file',
    path,
    { en: `certificates of a registry cannot be read: ${code}`, zh: `镜像仓库的证书无法读取：${code}` },
    { en: `make ${path} readable`, zh: `使 ${path} 可读` },
  );
}
