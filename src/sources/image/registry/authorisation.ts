import type { Text } from '../../../model/text.ts';
import { RequestFailure } from '../../http/failure.ts';
import type { Clock } from '../../http/patience.ts';
import type { HttpAnswer, Transport } from '../../http/transport.ts';
import { basicHeader } from './basic.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Credential, FoundCredential } from './credentials.ts';
import type { RegistryEndpoint } from './endpoint.ts';
import { type AccessToken, fetchToken, fitsHeader } from './token.ts';

/** How one repository of one registry is shown who asks. */
export interface Authorisation {
  /** The header for the next request, if any is needed; a token that has run out is fetched anew. */
  readonly header: () => Promise<string | undefined>;
  /**
   * Reads why an answer is 401. Requests that come at the same time share one token.
   *
   * @param shown the header that the request had
   * @returns whether to ask again with what `header` gives now
   */
  readonly challenged: (answer: HttpAnswer, shown: string | undefined) => Promise<boolean>;
  /** The failure, with advice about the credentials that were used or could not be read. */
  readonly explained: (failure: RequestFailure) => RequestFailure;
}

export interface AuthorisationOptions {
  readonly endpoint: RegistryEndpoint;
  readonly repository: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Asked once, and not before the registry wants to know: a helper may ask a person. */
  readonly findCredential: () => Promise<FoundCredential>;
}

export function authorise(options: AuthorisationOptions): Authorisation {
  const { endpoint, repository, transport, clock } = options;
  let looking: Promise<FoundCredential> | undefined;
  let found: FoundCredential | undefined;
  let fixed: string | undefined;
  let bearer: { readonly challenge: Challenge; readonly asker: URL } | undefined;
  let token: AccessToken | undefined;
  let fetching: Promise<AccessToken> | undefined;

  /** What may be shown to somebody who is asked over this address. */
  async function credentialFor(asker: URL): Promise<Credential | undefined> {
    looking ??= options.findCredential();
    found = await looking;
    const isSafe = asker.protocol === 'https:' || endpoint.local || endpoint.insecure;
    return isSafe ? found.credential : undefined;
  }

  async function renew(challenge: Challenge, asker: URL): Promise<void> {
    const fetchOne = async () => {
      const credential = await credentialFor(asker);
      return fetchToken({ challenge, endpoint, asker, repository, credential }, transport, clock);
    };
    fetching ??= fetchOne().finally(() => {
      fetching = undefined;
    });
    token = await fetching;
    bearer = { challenge, asker };
  }

  const current = () => fixed ?? (token && `Bearer ${token.token.reveal()}`);

  async function header(): Promise<string | undefined> {
    if (fixed === undefined && token && bearer && clock.now() >= token.validUntil) {
      await renew(bearer.challenge, bearer.asker);
    }
    return current();
  }

  async function challenged(answer: HttpAnswer, shown: string | undefined): Promise<boolean> {
    if (current() !== shown) return true;
    const challenges = parseChallenges(answer.headers['www-authenticate'] ?? '');
    const credential = await credentialFor(answer.url);
    const wanted = (scheme: string) => challenges.find((each) => each.scheme === scheme);
    const forToken = wanted('bearer');
    if (credential?.kind === 'registry-token') {
      const shownToken = credential.token.reveal();
      if (!fitsHeader(shownToken)) throw oddToken(found?.source ?? endpoint.host);
      fixed = `Bearer ${shownToken}`;
      return fixed !== shown;
    }
    if (forToken) {
      await renew(forToken, answer.url);
      return true;
    }
    if (!wanted('basic') || credential?.kind !== 'password') return false;
    fixed = basicHeader(credential);
    return fixed !== shown;
  }

  function explained(failure: RequestFailure): RequestFailure {
    if (failure.code !== 'registry-permission') return failure;
    return new RequestFailure(failure.code, failure.text, adviceAbout(found, failure.advice), failure.chance);
  }

  return { header, challenged, explained };
}

function oddToken(source: string): RequestFailure {
  return new RequestFailure(
    'configuration',
    {
      en: `the registry token in ${source} has characters that no token has`,
      zh: `${source} 中的 registrytoken 含有令牌不允许的字符`,
    },
    { en: 'Write it without blanks and line feeds, or log in again.', zh: '请去掉空格和换行，或重新登录。' },
  );
}

function adviceAbout(found: FoundCredential | undefined, usual: Text | undefined): Text | undefined {
  if (found?.source !== undefined) {
    return {
      en: `The credentials of ${found.source} were shown, and do not suffice: log in again, or as somebody who may pull it.`,
      zh: `已使用 ${found.source} 中的凭据，但权限不足：请重新登录，或换用有拉取权限的账号。`,
    };
  }
  const [gap] = found?.gaps ?? [];
  if (!gap) return usual;
  return {
    en: `No credentials were shown, because those of ${gap.path} could not be read: ${gap.reason.en}.`,
    zh: `未使用任何凭据，因为 ${gap.path} 中的凭据无法读取：${gap.reason.zh}。`,
  };
}
