import { expect, test } from 'vitest';
import { judgeText } from '../../../test/written.ts';
import { kubernetesUserns as control } from './kubernetes-userns.ts';
import { image, linesOf, together, written } from './written-set.fixture.ts';

const pod = (spec: string) => written('v1', 'Pod', 'web', `spec: {${spec}${image}}`);

function statusIn(minor: number | undefined, spec: string) {
  const [subject] = together(pod(spec));
  if (!subject) throw new Error('no object');
  const kubernetesVersion = minor === undefined ? undefined : { major: 1, minor };
  return judgeText(control, subject, { kubernetesVersion }).map(({ status }) => status);
}

test.each([
  [undefined, '', 'fail'],
  [30, '', 'fail'],
  [30, 'hostUsers: true, ', 'fail'],
  [30, 'hostUsers: false, ', 'pass'],
  [29, '', 'not-applicable'],
  [33, 'hostNetwork: true, ', 'not-applicable'],
  [33, 'hostPID: true, ', 'not-applicable'],
  [33, 'hostIPC: false, ', 'fail'],
])('in 1.%s, %j: %s', (minor, spec, status) => {
  expect(statusIn(minor, spec)).toEqual([status]);
});

test('pods for Windows, and pods laid over another manifest, are not asked', () => {
  expect(linesOf(control, [pod('os: {name: windows}, ')])).toEqual([]);
  expect(linesOf(control, [pod('').replace('image:', 'imagePullPolicy:')])).toEqual([]);
});
