import { isLoopback } from '../../../model/internet-address.ts';
import { isObject, type JsonObject, type JsonValue, textIn } from '../../../model/json.ts';
import { Secret } from '../../../model/secret.ts';
import type { Text } from '../../../model/text.ts';
import { RequestFailure } from '../../http/failure.ts';
import { follow, isForbidden } from '../../http/follow.ts';
import type { Clock } from '../../http/patience.ts';
import type { HttpAnswer, HttpQuestion, Transport } from '../../http/transport.ts';
import type { Challenge } from './challenge.ts';
import type { Credential } from './credentials.ts';
import type { RegistryEndpoint } from './endpoint.ts';
import { oddAnswer, registryServer } from './failure.ts';
import { basicHeader } from './basic.ts';
import { readWhole } from './read-whole.ts';
import { refusalOf } from './refusal.ts';

/** What a token server gave: shown to the registry with every request until it is no longer valid. */
export interface AccessToken {
  readonly token: Secret;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

export interface TokenQuestion {
  readonly challenge: Challenge;
  readonly endpoint: RegistryEndpoint;
  /** The address that asked for a token. */
  readonly asker: URL;
  readonly repository: string;
  readonly credential: Credential | undefined;
}

/** Bytes of a token server's answer. */
const largestAnswer = 256 * 1024;
/** Seconds that a token is valid for where nothing is said, and the least that is believed. */
const usualLife = 60;
/** Seconds; more is not believed. */
const longestLife = 86_400;

/**
 * Asks the token server that a challenge names for the right to pull: with an identity token by POST (OAuth 2), else by GET, with
 * the user's name and password where there are any.
 *
 * @throws RequestFailure where the server may not be asked, refuses, or does not give a token
 */
export async function fetchToken(question: TokenQuestion, transport: Transport, clock: Clock): Promise<AccessToken> {
  const { challenge, credential, endpoint, asker } = question;
  const realm = realmOf(challenge, endpoint, asker);
  const service = challenge.parameters.get('service');
  const scope = pullScope(challenge, question.repository);
  const answer =
    credential?.kind === 'identity-token'
      ? await transport.send(refreshQuestion(realm, { service, scope }, credential.token))
      : await follow(transport, simpleQuestion(realm, { service, scope }, credential), endpoint, registryServer);
  return readToken(answer, clock);
}

interface Wanted {
  readonly service: string | undefined;
  readonly scope: string;
}

function simpleQuestion(realm: URL, { service, scope }: Wanted, credential: Credential | undefined): HttpQuestion {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  const headers = { Accept: 'application/json' };
  if (credential?.kind !== 'password') return { method: 'GET', url, headers };
  return { method: 'GET', url, headers: { ...headers, Authorization: basicHeader(credential) } };
}

function refreshQuestion(url: URL, { service, scope }: Wanted, token: Secret): HttpQuestion {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    ...(service === undefined ? {} : { service }),
    client_id: 'plimsoll',
    scope,
    refresh_token: token.reveal(),
  });
  const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url, headers, body: form.toString() };
}

/** Where tokens are to be had: with TLS, unless the registry itself needs none. */
function realmOf({ parameters }: Challenge, endpoint: RegistryEndpoint, asker: URL): URL {
  const realm = URL.parse(parameters.get('realm') ?? '');
  if (!realm) throw untrusted(asker, { en: 'no address', zh: '没有给出地址' });
  const isPlainAllowed =
    (endpoint.local && isLoopback(realm.hostname)) || (asker.protocol === 'http:' && realm.hostname === asker.hostname);
  if (realm.protocol !== 'https:' && !(realm.protocol === 'http:' && isPlainAllowed)) {
    throw untrusted(asker, { en: `${realm.host}, without TLS`, zh: `${realm.host}，且不使用 TLS` });
  }
  if (isForbidden(realm, asker, endpoint)) {
    throw untrusted(asker, { en: `${realm.host}, this machine itself`, zh: `${realm.host}，即本机` });
  }
  realm.username = '';
  realm.password = '';
  return realm;
}

function untrusted({ host }: URL, where: Text): RequestFailure {
  return oddAnswer(
    host,
    {
      en: `a demand for a token from a place that is not asked for one: ${where.en}`,
      zh: `要求从不受信任的位置获取令牌的应答：${where.zh}`,
    },
    {
      en: 'See how the registry is configured: its token server needs TLS.',
      zh: '请检查镜像仓库的配置：其令牌服务需要 TLS。',
    },
  );
}

/**
 * The scope that the registry asks for, with nothing but the right to pull. A gateway may know the repository by another name, so that
 * the name is the registry's to choose; what else it would like to be allowed to do is not.
 */
function pullScope({ parameters }: Challenge, repository: string): string {
  const asked = (parameters.get('scope') ?? '').split(' ').flatMap((each) => {
    const [, name, actions = ''] = /^repository:(.+):([^:]*)$/.exec(each) ?? [];
    return name !== undefined && actions.split(',').includes('pull') ? [`repository:${name}:pull`] : [];
  });
  return asked[0] ?? `repository:${repository}:pull`;
}

async function readToken(answer: HttpAnswer, clock: Clock): Promise<AccessToken> {
  const { host } = answer.url;
  if (answer.status !== 200) throw await refusalOf(answer, clock.now());
  const content = parsed(await readWhole(answer, largestAnswer));
  const token = textIn(content, 'token') || textIn(content, 'access_token') || '';
  if (!fitsHeader(token)) {
    throw oddAnswer(host, { en: 'something without a token', zh: '不含令牌的内容' });
  }
  const said = content['expires_in'];
  const life = typeof said === 'number' && said > 0 ? Math.min(Math.max(said, usualLife), longestLife) : usualLife;
  // Not used in its last moments: it must hold for the way too.
  return { token: new Secret(token), validUntil: clock.now() + life * 900 };
}

/** Whether a token can be part of a header. */
export function fitsHeader(token: string): boolean {
  return /^[\u0021-\u007e]+$/.test(token);
}

function parsed(body: Buffer): JsonObject {
  try {
    const content = JSON.parse(body.toString('utf8')) as JsonValue;
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}
