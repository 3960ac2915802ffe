import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientEndpoint } from '../../model/engine.ts';
import { PlimsollError } from '../../model/error.ts';
import { type Fact, known } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { fileFailure } from '../host/file.ts';
import type { TlsMaterial } from './address.ts';
import type { Surroundings } from './surroundings.ts';
import { booleanAt, objectAt, stringAt } from './reading.ts';

/** A Docker context: an engine's address that has a name. */
export interface DockerContext {
  readonly name: string;
  readonly file: string;
  readonly host: string;
  readonly tls?: TlsMaterial;
}

function configurationFolder({ environment, home }: Surroundings): string {
  return environment.DOCKER_CONFIG || join(home, '.docker');
}

/** The context that `docker context use` chose; `undefined` when none was. */
export function currentContext(surroundings: Surroundings): string | undefined {
  const file = join(configurationFolder(surroundings), 'config.json');
  return existsSync(file) ? stringAt(readJson(file), 'currentContext') : undefined;
}

/** Contexts are stored in folders that are named by the SHA-256 of their name. */
export function readContext(name: string, surroundings: Surroundings): DockerContext {
  const folder = configurationFolder(surroundings);
  const digest = createHash('sha256').update(name).digest('hex');
  const file = join(folder, 'contexts', 'meta', digest, 'meta.json');
  if (!existsSync(file)) {
    const names = listContexts(surroundings).map((context) => context.name);
    throw new PlimsollError(
      'usage',
      { en: `there is no Docker context "${name}"`, zh: `没有名为“${name}”的 Docker 上下文` },
      names.length > 0
        ? { en: `Known contexts: ${names.join(', ')}.`, zh: `已有的上下文：${names.join('、')}。` }
        : { en: `None is stored in ${folder}.`, zh: `${folder} 中没有任何上下文。` },
    );
  }
  return contextFrom(file, readJson(file), join(folder, 'contexts', 'tls', digest, 'docker'));
}

function listContexts(surroundings: Surroundings): DockerContext[] {
  const folder = join(configurationFolder(surroundings), 'contexts');
  const meta = join(folder, 'meta');
  return namesIn(meta).flatMap((digest) => {
    const file = join(meta, digest, 'meta.json');
    return existsSync(file) ? [contextFrom(file, readJson(file), join(folder, 'tls', digest, 'docker'))] : [];
  });
}

/** A folder that is not there holds none; one that may not be read holds nobody knows what. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    if (code === 'ENOENT') return [];
    throw unreadableFile(folder, { en: code, zh: code });
  }
}

function contextFrom(file: string, meta: JsonValue, tlsFolder: string): DockerContext {
  const endpoint = objectAt(objectAt(meta, 'Endpoints'), 'docker');
  const material = ['ca', 'cert', 'key'].flatMap((name) => {
    const path = join(tlsFolder, `${name}.pem`);
    return existsSync(path) ? [[name, readFile(path)]] : [];
  });
  const skipsVerification = booleanAt(endpoint, 'SkipTLSVerify') ?? false;
  return {
    name: stringAt(meta, 'Name') ?? '',
    file,
    host: stringAt(endpoint, 'Host') ?? '',
    ...(material.length > 0 || skipsVerification
      ? { tls: { verify: !skipsVerification, ...Object.fromEntries(material) } }
      : {}),
  };
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    throw unreadableFile(file, { en: code, zh: code });
  }
}

function readJson(file: string): JsonValue {
  const text = readFile(file).toString('utf8');
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // What the parser says would quote the file, and passwords of registries may stand beside the mistake.
    throw unreadableFile(file, { en: 'it is not JSON', zh: '不是 JSON' });
  }
}

function unreadableFile(file: string, reason: Text): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${file} cannot be read: ${reason.en}`, zh: `${file} 无法读取：${reason.zh}` },
    {
      en: 'Mend it, its permissions or its owner, or remove it; the docker command reads it too.',
      zh: '请修复其内容、权限或属主，或将其删除；docker 命令同样会读取它。',
    },
  );
}

/** The endpoints that this user's clients would use: contexts that go over the network, and the environment. */
export function readClientEndpoints(surroundings: Surroundings): Fact<readonly ClientEndpoint[]> {
  const path = join(configurationFolder(surroundings), 'contexts');
  const { DOCKER_HOST: host, DOCKER_TLS_VERIFY: verify } = surroundings.environment;
  const fromEnvironment: ClientEndpoint[] = host
    ? [{ name: 'DOCKER_HOST', source: 'environment', path: 'DOCKER_HOST', host, verified: Boolean(verify) }]
    : [];
  try {
    const contexts = listContexts(surroundings).map((context): ClientEndpoint => ({
      name: context.name,
      source: 'file',
      path: context.file,
      host: context.host,
      verified: context.tls?.verify ?? false,
    }));
    return known([...fromEnvironment, ...contexts], 'file', path);
  } catch (error) {
    return fileFailure(path, error);
  }
}
