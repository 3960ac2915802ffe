import { expect, test } from 'vitest';
import { contextOf, image, judge, machine, opened } from '../../../test/subjects.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { historyOf } from '../../../test/image-history.ts';
import { imageUserNonroot as control } from './image-user-nonroot.ts';

const by = (user: string) => image({}, { user });

test.each(['', ' ', '0', 'root', '0:0', '0:1000', '00', 'toor', 'root:root', '+0', ':1000'])(
  'docker-bench 4.1 only knows root, 0 and nothing: %j fails',
  (user) => {
    expect(judge(control, by(user))).toMatchObject({ status: 'fail', field: 'configuration.user' });
  },
);

test.each(['1000', '10001:0', 'nginx', '65532:65532', 'rooty', '01'])('%s is another user', (user) => {
  expect(judge(control, by(user)).status).toBe('pass');
});

test('a site may have other names for root', () => {
  expect(judge(control, by('admin'), { parameters: { rootNames: ['admin'] } }).status).toBe('fail');
});

test('what nothing runs and is there to build on is not blamed', () => {
  const digests = ['debian@sha256:' + '0b'.repeat(32)];
  expect(judge(control, { ...by(''), usedBy: [], tags: ['debian:13'], digests }).status).toBe('not-applicable');
  expect(judge(control, { ...by(''), tags: ['debian:13'], digests }).status).toBe('fail');
  const base = { ...by(''), id: 'sha256:base', usedBy: [], layers: ['a'], history: historyOf('RUN a') };
  const built = image({ layers: ['a', 'b'], history: historyOf('RUN a', 'RUN b') });
  expect(judge(control, base, { machine: machine({ images: [base, built] }) }).status).toBe('not-applicable');
  expect(judge(control, base).status).toBe('fail');
  expect(control.remedy(base, contextOf(control)).kind).toBe('manual');
});

test('a name that the image makes root is root', () => {
  const contents = contentsWith({ kind: 'second-root', path: '/etc/passwd', detail: 'app' });
  expect(judge(control, image({ contents }, { user: 'app' })).status).toBe('fail');
  expect(judge(control, image({ contents }, { user: 'app:app' })).status).toBe('fail');
  expect(judge(control, image({ contents }, { user: 'web' })).status).toBe('pass');
  expect(judge(control, opened({}, {}, { user: 'app' })).status).toBe('pass');
});
