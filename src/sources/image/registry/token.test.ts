import { expect, test } from 'vitest';
import { failureOf } from '../../../../test/failure.ts';
import { fakeClock } from '../../../../test/waiting.ts';
import { parseImageReference } from '../../../model/image-reference.ts';
import { Secret } from '../../../model/secret.ts';
import type { HttpQuestion, Transport } from '../../http/transport.ts';
import { parseChallenges } from './challenge.ts';
import type { Credential } from './credentials.ts';
import { endpointsOf } from './endpoint.ts';
import { fetchToken } from './token.ts';

const me: Credential = { kind: 'password', username: 'me', password: new Secret('pass:word') };

async function* only(text: string): AsyncGenerator<Buffer, void> {
  yield Buffer.from(text);
}

interface Circumstances {
  readonly reference?: string;
  readonly asker?: string;
  readonly credential?: Credential;
  readonly answer?: string;
  readonly insecure?: readonly string[];
}

async function fetched(
  challenge: string,
  {
    reference = 'registry.example/shop/web',
    asker,
    credential,
    answer = '{"token":"t"}',
    insecure,
  }: Circumstances = {},
) {
  const parsed = parseImageReference(reference);
  const [endpoint] = parsed ? endpointsOf(parsed, insecure ? { insecure } : {}) : [];
  const [first] = parseChallenges(challenge);
  if (!endpoint || !first || !parsed) throw new Error(reference);
  const asked: HttpQuestion[] = [];
  const transport: Transport = {
    send: (question) => {
      asked.push(question);
      return Promise.resolve({ url: question.url, status: 200, headers: {}, body: only(answer), discard: () => {} });
    },
    close: () => {},
  };
  const question = {
    challenge: first,
    endpoint,
    asker: new URL(asker ?? `${endpoint.base}/v2/x`),
    repository: parsed.repository,
    credential,
  };
  const clock = fakeClock();
  const token = await fetchToken(question, transport, clock);
  return { token, life: token.validUntil - clock.now(), request: asked[0] };
}

test('a token is asked for with name and password, for pulling only', async () => {
  const challenge =
    'Bearer realm="https://auth.example/token?x=1",service="registry.example",scope="repository:shop/web:pull,push,delete registry:catalog:*"';
  const { request, token } = await fetched(challenge, { credential: me });
  expect(request?.method).toBe('GET');
  expect(request?.url.href).toBe(
    'https://auth.example/token?x=1&service=registry.example&scope=repository%3Ashop%2Fweb%3Apull',
  );
  expect(request?.headers.Authorization).toBe(`Basic ${Buffer.from('me:pass:word').toString('base64')}`);
  expect(token.token.reveal()).toBe('t');
});

test('without a scope of its own, the registry is asked for the repository', async () => {
  for (const scope of ['', ',scope="registry:catalog:*"', ',scope="repository:shop/web:push"']) {
    const { request } = await fetched(`Bearer realm="https://auth.example"${scope}`);
    expect(request?.url.searchParams.get('scope')).toBe('repository:shop/web:pull');
    expect(request?.headers.Authorization).toBeUndefined();
  }
});

test('a gateway knows the repository by another name', async () => {
  const { request } = await fetched('Bearer realm="https://auth.example",scope="repository:real:port/web:pull"');
  expect(request?.url.searchParams.get('scope')).toBe('repository:real:port/web:pull');
});

test('an identity token is posted, and never stands in an address', async () => {
  const credential: Credential = { kind: 'identity-token', token: new Secret('refresh&me') };
  const { request, token } = await fetched('Bearer realm="https://auth.example/oauth",service="s"', {
    credential,
    answer: '{"access_token":"given","expires_in":3600}',
  });
  expect(request?.url.href).toBe('https://auth.example/oauth');
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: 'refresh_token',
    service: 's',
    client_id: 'plimsoll',
    scope: 'repository:shop/web:pull',
    refresh_token: 'refresh&me',
  });
  expect(token.token.reveal()).toBe('given');
});

test.each([
  ['{"token":"t"}', 60],
  ['{"token":"t","expires_in":300}', 300],
  ['{"token":"t","expires_in":1}', 60],
  ['{"token":"t","expires_in":-5}', 60],
  ['{"token":"t","expires_in":1e99}', 86_400],
  ['{"token":"t","expires_in":"soon"}', 60],
])('%s is used for nearly %i seconds', async (answer, seconds) => {
  expect(await fetched('Bearer realm="https://auth.example"', { answer })).toMatchObject({ life: seconds * 900 });
});

test.each(['{}', '[]', '<html>', '{"token":7}', '{"token":""}', '{"token":"two words"}', '{"token":"a\\r\\nX: y"}'])(
  'what holds no token is refused: %s',
  async (answer) => {
    const failure = await failureOf(() => fetched('Bearer realm="https://auth.example"', { answer }));
    expect(failure.message).toBe('auth.example answered with something without a token');
  },
);

test('an answer that is too large is not kept', async () => {
  const answer = `{"token":"${'t'.repeat(300_000)}"}`;
  expect((await failureOf(() => fetched('Bearer realm="https://auth.example"', { answer }))).message).toContain(
    '256 KiB',
  );
});

test.each([
  ['Bearer realm="http://auth.example/"', {}],
  ['Bearer realm="http://registry.example/"', {}],
  ['Bearer realm="http://127.0.0.1:5001/"', {}],
  ['Bearer realm="https://127.0.0.1:5001/"', {}],
  ['Bearer realm="https://169.254.169.254/latest"', {}],
  ['Bearer realm="file:///etc/passwd"', {}],
  ['Bearer realm="/token"', {}],
  ['Bearer service="x"', {}],
  ['Bearer realm="http://auth.example/"', { reference: 'localhost:5000/web', asker: 'http://localhost:5000/' }],
])('no token is asked for as %s says', async (challenge, circumstances) => {
  const failure = await failureOf(() => fetched(challenge, { credential: me, ...circumstances }));
  expect(failure.code).toBe('registry-answer');
  expect(failure.message).toContain('a demand for a token from a place that is not asked for one');
});

test('what needs no TLS itself may have a token server without', async () => {
  const local = { reference: 'localhost:5000/web', asker: 'http://localhost:5000/' };
  expect((await fetched('Bearer realm="http://127.0.0.1:5001/"', local)).request?.url.port).toBe('5001');
  const insecure = { insecure: ['registry.example'], asker: 'http://registry.example/v2/' };
  expect((await fetched('Bearer realm="http://registry.example/token"', insecure)).token).toBeDefined();
});
