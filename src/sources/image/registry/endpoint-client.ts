import type { UnreadableFact } from '../../../model/fact.ts';
import { RequestFailure } from '../../http/failure.ts';
import { follow } from '../../http/follow.ts';
import type { Clock, Patience } from '../../http/patience.ts';
import { type HttpAnswer, openTransport } from '../../http/transport.ts';
import { speaksNoTls } from '../../http/transport-failure.ts';
import type { Surroundings } from '../../engine/surroundings.ts';
import { authorise } from './authorisation.ts';
import { findCredential } from './credentials.ts';
import type { RegistryEndpoint } from './endpoint.ts';
import { registryServer } from './failure.ts';
import { refusalOf } from './refusal.ts';
import { trustIn } from './trust.ts';

/** One repository at one endpoint. */
export interface EndpointClient {
  readonly endpoint: RegistryEndpoint;
  /**
   * The answer to a GET below `/v2/REPOSITORY/`, with credentials where they are wanted and redirects followed: status 200 or 206.
   * One try: whoever asks tries again.
   *
   * @throws RequestFailure for every other status, and where no answer comes
   */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>;
  readonly close: () => void;
}

export interface ClientSettings {
  readonly surroundings: Surroundings;
  /** A PEM file with an authority to trust besides those of the system. */
  readonly authorityFile?: string;
  /** Folders with a folder for each registry: `/etc/docker/certs.d`. */
  readonly certificateFolders: readonly string[];
  readonly patience: Patience;
  readonly clock: Clock;
}

/** Times that one request is sent anew because the registry wants to be shown something else. */
const mostChallenges = 2;

export function openEndpointClient(
  endpoint: RegistryEndpoint,
  repository: string,
  { surroundings, authorityFile, certificateFolders, patience, clock }: ClientSettings,
): EndpointClient {
  const trust = trustIn([endpoint.host, endpoint.name], certificateFolders, authorityFile);
  const { environment } = surroundings;
  const transport = openTransport({ endpoint, trust, kind: registryServer, environment, idle: patience.idle });
  const authorisation = authorise({
    endpoint,
    repository,
    transport,
    clock,
    findCredential: () => findCredential(endpoint.name, repository, surroundings),
  });
  /** Whether TLS is spoken there; not known before the first answer. */
  let isPlain = endpoint.plain === 'only' ? true : endpoint.plain === 'never' ? false : undefined;

  async function ask(base: string, path: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const url = new URL(`${base}/v2/${repository}/${path}`);
    for (let turn = 0; ; turn++) {
      const shown = await authorisation.header();
      const authorised = shown === undefined ? headers : { ...headers, Authorization: shown };
      const answer = await follow(transport, { method: 'GET', url, headers: authorised }, endpoint, registryServer);
      const isAsked = answer.status === 401 && answer.url.origin === url.origin && turn < mostChallenges;
      if (!isAsked || !(await authorisation.challenged(answer, shown))) return answer;
      answer.discard();
    }
  }

  async function askEither(path: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const plainBase = endpoint.base.replace(/^https:/, 'http:');
    if (isPlain !== undefined) return ask(isPlain ? plainBase : endpoint.base, path, headers);
    try {
      const answer = await ask(endpoint.base, path, headers);
      isPlain = false;
      return answer;
    } catch (error) {
      if (!speaksNoTls(error)) throw error;
      const answer = await ask(plainBase, path, headers);
      isPlain = true;
      return answer;
    }
  }

  async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    try {
      const answer = await askEither(path, headers);
      if (answer.status === 200 || answer.status === 206) return answer;
      throw await refusalOf(answer, clock.now());
    } catch (error) {
      throw error instanceof RequestFailure ? explained(authorisation.explained(error), trust.gaps) : error;
    }
  }

  return { endpoint, get, close: transport.close };
}

/** A certificate that is not trusted may be one whose authority could not be read. */
function explained(failure: RequestFailure, [unread]: readonly UnreadableFact[]): RequestFailure {
  if (failure.code !== 'registry-tls' || !unread) return failure;
  const advice = {
    en: `${unread.path} could not be read, and may be what is missing: ${unread.reason.en}.`,
    zh: `${unread.path} 无法读取，缺少的可能正是它：${unread.reason.zh}。`,
  };
  return new RequestFailure(failure.code, failure.text, advice, failure.chance);
}
