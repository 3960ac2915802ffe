import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssWindowsHostprocess as control } from './kubernetes-pss-windows-hostprocess.ts';
import { always, inEachList, podOf, statusesOf } from './pod-security.fixture.ts';

test('pod and containers each fail at their own line, and lose the field', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    windowsOptions:
      hostProcess: true
  containers:
    - name: agent
      securityContext: { windowsOptions: { hostProcess: true } }
    - name: log
      securityContext: { windowsOptions: { hostProcess: false } }
`);
  const field = ['securityContext', 'windowsOptions', 'hostProcess'];
  expect(failingLines(control, pod)).toEqual([6, 9]);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [{ path: ['spec', ...field] }, { path: ['spec', 'containers', 0, ...field] }],
  });
});

const host = 'securityContext: {windowsOptions: {hostProcess: true}}';

test.each([`{${host}}`, `{os: {name: windows}, ${host}}`, ...inEachList(`{name: a, ${host}}`)])(
  '%s fails in every version',
  (spec) => {
    expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
  },
);

test.each(['null', '{}', '{hostProcess: false}', '{hostProcess: null}', '{runAsUserName: ContainerUser}'])(
  'windowsOptions %s pass in every version',
  (options) => {
    expect(statusesOf(control, podOf(`{securityContext: {windowsOptions: ${options}}}`))).toEqual(always('pass'));
  },
);
