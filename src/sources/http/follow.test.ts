import { expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { registryServer } from '../image/registry/failure.ts';
import { follow } from './follow.ts';
import type { HttpQuestion, Transport } from './transport.ts';

async function* nothing(): AsyncGenerator<Buffer, void> {}

/** Answers every address with a redirect to the next, and the last one with 200. */
function chain(...addresses: readonly string[]) {
  const asked: HttpQuestion[] = [];
  const transport: Transport = {
    send: (question) => {
      asked.push(question);
      const location = addresses[asked.length];
      return Promise.resolve({
        url: question.url,
        status: location === undefined ? 200 : 307,
        headers: location === undefined ? {} : { location },
        body: nothing(),
        discard: () => {},
      });
    },
    close: () => {},
  };
  return { asked, transport };
}

async function followed(addresses: readonly string[], { local = false } = {}) {
  const { asked, transport } = chain(...addresses);
  const headers = { Authorization: 'Basic c2VjcmV0', Range: 'bytes=5-' };
  const question = { method: 'GET', url: new URL(addresses[0] ?? ''), headers } as const;
  const answer = await follow(transport, question, { local }, registryServer);
  return { asked, answer };
}

test('whoever keeps the bytes elsewhere is not shown who asks', async () => {
  const { asked, answer } = await followed([
    'https://a.example/v2/blob',
    '/elsewhere?on=it',
    'https://cdn.example/blob',
    'https://a.example/back',
  ]);
  expect(asked.map(({ url, headers }) => [url.href, headers.Authorization, headers.Range])).toEqual([
    ['https://a.example/v2/blob', 'Basic c2VjcmV0', 'bytes=5-'],
    ['https://a.example/elsewhere?on=it', 'Basic c2VjcmV0', 'bytes=5-'],
    ['https://cdn.example/blob', undefined, 'bytes=5-'],
    ['https://a.example/back', undefined, 'bytes=5-'],
  ]);
  expect(answer.status).toBe(200);
});

test('another port of the same host is somebody else', async () => {
  const { asked } = await followed(['https://a.example/', 'https://a.example:8443/']);
  expect(asked.at(-1)?.headers).toEqual({ Range: 'bytes=5-' });
});

test.each([
  ['away from TLS', 'http://a.example/?key=hidden', 'a redirect away from TLS, to a.example'],
  ['to a file', 'file:///etc/passwd', 'a redirect to something that is not HTTP'],
  ['nowhere', 'https://', 'a redirect without an address'],
  ['into this machine', 'https://127.0.0.1:2375/?hidden', 'a redirect into this machine, to 127.0.0.1:2375'],
  ['into this machine by name', 'https://localhost/', 'a redirect into this machine, to localhost'],
  ['into this machine as a number', 'https://2130706433/', 'a redirect into this machine, to 127.0.0.1'],
  ['into this machine by IPv6', 'https://[::1]/', 'a redirect into this machine, to [::1]'],
  ['into this machine in disguise', 'https://[::ffff:127.0.0.1]/', 'a redirect into this machine, to [::ffff:7f00:1]'],
  ['to where clouds keep secrets', 'https://169.254.169.254/', 'a redirect into this machine, to 169.254.169.254'],
])('a redirect %s is refused', async (_, to, message) => {
  const failure = await failureOf(() => followed(['https://a.example/', to]));
  expect(failure).toMatchObject({ code: 'registry-answer', message: `a.example answered with ${message}` });
});

test('a registry on this machine may send its clients to this machine', async () => {
  const { asked } = await followed(['http://127.0.0.1:5000/', 'http://127.0.0.1:9000/'], { local: true });
  expect(asked).toHaveLength(2);
});

test('a circle ends', async () => {
  const circle = Array.from({ length: 100 }, (_, index) => `https://a.example/${index % 2}`);
  const failure = await failureOf(() => followed(circle));
  expect(failure.message).toBe('a.example answered with more than 5 redirects');
});
