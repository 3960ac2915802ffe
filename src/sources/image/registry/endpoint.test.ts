import { expect, test } from 'vitest';
import { failureOf } from '../../../../test/failure.ts';
import { parseImageReference } from '../../../model/image-reference.ts';
import { endpointsOf } from './endpoint.ts';

const of = (reference: string, options = {}) => {
  const parsed = parseImageReference(reference);
  if (!parsed) throw new Error(reference);
  return endpointsOf(parsed, options);
};

test('Docker Hub answers elsewhere than its name says, and is logged in to by its name', () => {
  for (const spelling of ['alpine', 'docker.io/alpine', 'index.docker.io/library/alpine:3']) {
    expect(of(spelling)).toEqual([
      {
        name: 'docker.io',
        base: 'https://registry-1.docker.io',
        host: 'registry-1.docker.io',
        plain: 'never',
        insecure: false,
        local: false,
        mirror: false,
      },
    ]);
  }
});

test.each(['registry.example:65536/web', '1.2.3.400/web', '[:::]/web'])(
  '%s leads nowhere, which is said',
  async (reference) => {
    const error = await failureOf(() => of(reference));
    expect([error.code, error.text.en]).toEqual(['usage', expect.stringContaining(reference.slice(0, -4))]);
  },
);

test.each([
  ['registry.example/web', 'https://registry.example', 'never', false],
  ['registry.example:5000/web', 'https://registry.example:5000', 'never', false],
  ['localhost/web', 'https://localhost', 'fallback', true],
  ['127.0.0.1:5000/web', 'https://127.0.0.1:5000', 'fallback', true],
  ['[::1]:5000/web', 'https://[::1]:5000', 'fallback', true],
  ['[2001:db8::1]/web', 'https://[2001:db8::1]', 'never', false],
  ['localhost.example/web', 'https://localhost.example', 'never', false],
])('%s is asked at %s, without TLS: %s', (reference, base, plain, local) => {
  expect(of(reference)).toMatchObject([{ base, plain, local, mirror: false }]);
});

test.each([
  ['registry.example/web', ['registry.example'], true],
  ['Registry.Example:5000/web', ['registry.example:5000'], true],
  ['registry.example:5000/web', ['registry.example'], true],
  ['registry.example:5000/web', ['registry.example:5001'], false],
  ['registry.example/web', ['other.example', 'example'], false],
  ['10.1.2.3:5000/web', ['10.0.0.0/8'], true],
  ['11.1.2.3:5000/web', ['10.0.0.0/8'], false],
  ['alpine', ['docker.io'], true],
])('%s goes without TLS where %j may: %s', (reference, insecure, expected) => {
  expect(of(reference, { insecure })).toMatchObject([{ plain: expected ? 'fallback' : 'never', insecure: expected }]);
});

test('mirrors come before Docker Hub, in their order, and before no other registry', () => {
  const mirrors = ['https://one.example/', 'http://two.example:5000/hub/v2/', 'three.example'];
  expect(of('alpine', { mirrors, insecure: ['three.example'] })).toMatchObject([
    { base: 'https://one.example', name: 'one.example', plain: 'never', mirror: true, insecure: false },
    { base: 'http://two.example:5000/hub', name: 'two.example:5000', plain: 'only', mirror: true },
    { base: 'https://three.example', mirror: true, insecure: true },
    { name: 'docker.io', mirror: false, insecure: false },
  ]);
  expect(of('registry.example/web', { mirrors })).toHaveLength(1);
});

test('a mirror that is no plain address is refused, without its password', async () => {
  for (const mirror of [
    'https://me:hidden@one.example',
    'https://one.example/?key=hidden',
    'https://',
    'ftp://hidden',
  ]) {
    const { code, message } = await failureOf(() => of('alpine', { mirrors: [mirror] }));
    expect(code).toBe('configuration');
    expect(message).not.toContain('hidden');
  }
});
