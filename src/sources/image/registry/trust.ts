import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import { type UnreadableFact, unreadable } from '../../../model/fact.ts';
import { contextWith, readAuthority, remembered, type Trust, usualContext } from '../../http/authorities.ts';
import { RequestFailure } from '../../http/failure.ts';

/** Whom to believe that he is a registry, and what to show him of oneself. */
export interface RegistryTrust extends Trust {
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
): RegistryTrust {
  const [host = ''] = names;
  const material = readTrustMaterial(names, folders);
  const authorities = [...(authorityFile === undefined ? [] : [readAuthority(authorityFile)]), ...material.authorities];
  const [client] = material.clients;
  const make = (options: SecureContextOptions) => {
    try {
      return contextWith(authorities, options);
    } catch {
      throw new RequestFailure(
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
