import { expect, test } from 'vitest';
import type { Mount } from '../../model/container-spec.ts';
import { longMount, shortTmpfs, shortVolume } from './mount-notation.ts';

const bind: Mount = { kind: 'bind', source: '/a', target: '/b', readOnly: false, options: {} };
const anonymous: Mount = { kind: 'volume', target: '/b', readOnly: false, options: {}, anonymous: true };
const named: Mount = { kind: 'volume', source: 'n', target: '/b', readOnly: false, options: {} };

test.each<[string, Mount, Partial<Mount>, string | undefined]>([
  ['/a:/b', bind, { readOnly: true }, '/a:/b:ro'],
  ['/a:/b:rw', bind, { readOnly: true }, '/a:/b:ro'],
  ['/a:/b:z,rslave', bind, { readOnly: true }, '/a:/b:ro,z,rslave'],
  ['/a:/b:ro', { ...bind, readOnly: true }, { readOnly: false }, '/a:/b'],
  ['/a:/b:shared,z', { ...bind, propagation: 'shared' }, { propagation: 'rprivate' }, '/a:/b:z'],
  ['/a:/b', bind, { propagation: 'rslave' }, '/a:/b:rslave'],
  ['${A:-/a}:/b', bind, { readOnly: true }, '${A:-/a}:/b:ro'],
  // What the short form cannot say, or what nobody can take apart.
  ['/a:/b', bind, { options: { z: '' } }, undefined],
  ['/a:/b', bind, { source: '/c' }, undefined],
  ['C:\\a:/b', bind, { readOnly: true }, undefined],
  ['C:/a:/b', bind, { readOnly: true }, undefined],
])('%s of a volume', (written, before, change, expected) => {
  expect(shortVolume(written, before, { ...before, ...change })).toBe(expected);
});

test('a volume without a name gets one', () => {
  expect(shortVolume('/b', anonymous, named)).toBe('n:/b');
  expect(shortVolume(':/b:nocopy', anonymous, named)).toBe('n:/b:nocopy');
});

test.each<[string, Partial<Mount>, Partial<Mount>, string | undefined]>([
  ['type=bind,src=/a,dst=/b', {}, { readOnly: true }, 'type=bind,src=/a,dst=/b,readonly'],
  ['type=bind,ro=false,src=/a,dst=/b', {}, { readOnly: true }, 'type=bind,src=/a,dst=/b,readonly'],
  ['type=bind,src=/a,dst=/b,readonly', { readOnly: true }, { readOnly: false }, 'type=bind,src=/a,dst=/b'],
  [
    'type=bind,bind-propagation=shared,src=/a,dst=/b',
    { propagation: 'shared' },
    { propagation: 'rprivate' },
    'type=bind,src=/a,dst=/b',
  ],
  ['type=bind,src=/a,dst=/b', {}, { propagation: 'rslave' }, 'type=bind,src=/a,dst=/b,bind-propagation=rslave'],
  [
    'type=bind,src=/a,dst=/b,bind-recursive=writable',
    { readOnlyNonRecursive: true },
    { readOnlyNonRecursive: false },
    'type=bind,src=/a,dst=/b',
  ],
  ['type=bind,"src=/a,b",dst=/b', {}, { readOnly: true }, undefined],
  ['type=bind,src=/a,dst=/b', {}, { target: '/c' }, undefined],
])('%s as a long one', (written, before, change, expected) => {
  const old = { ...bind, ...before };
  expect(longMount(written, old, { ...old, ...change })).toBe(expected);
});

const tmpfs: Mount = { kind: 'tmpfs', target: '/t', readOnly: false, options: {} };

test.each<[string, Partial<Mount>, Partial<Mount>, string | undefined]>([
  ['/t', {}, { options: { nosuid: '' } }, '/t:nosuid'],
  ['/t:size=1m', { options: { size: '1m' } }, { options: { size: '1m', nosuid: '' } }, '/t:size=1m,nosuid'],
  ['/t:suid,exec', { options: { suid: '', exec: '' } }, { options: { exec: '', nosuid: '' } }, '/t:exec,nosuid'],
  ['/t:rw', {}, { readOnly: true }, '/t:ro'],
  ['/t:ro', { readOnly: true }, { readOnly: false }, '/t'],
  ['/t', {}, { target: '/u' }, undefined],
])('%s of a tmpfs', (written, before, change, expected) => {
  const old = { ...tmpfs, ...before };
  expect(shortTmpfs(written, old, { ...old, ...change })).toBe(expected);
});
