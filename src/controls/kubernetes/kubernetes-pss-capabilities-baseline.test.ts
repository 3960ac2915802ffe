import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssCapabilitiesBaseline as control } from './kubernetes-pss-capabilities-baseline.ts';
import { always, inEachList, podOf, statusesOf } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      securityContext:
        capabilities:
          add:
            - NET_RAW
            - CHOWN
            - SYS_TIME
    - name: log
      securityContext: { capabilities: { add: [SYSLOG] } }
`);

test('each capability fails at its own line', () => {
  expect(failingLines(control, pod)).toEqual([9, 11, 13]);
});

test('those are taken away, from the end; a list of nothing else goes as a whole', () => {
  const [web, log] = [0, 1].map((index) => ['spec', 'containers', index, 'securityContext', 'capabilities', 'add']);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [{ path: [...(web ?? []), 2] }, { path: [...(web ?? []), 0] }, { path: log }],
  });
});

const adding = (list: string) => `{name: a, securityContext: {capabilities: {add: ${list}}}}`;

test.each(inEachList(adding('[SYS_ADMIN]')))('%s fails in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
});

test.each(['[NET_RAW]', '[ALL]', '[chown]', '[CAP_CHOWN]', '[NET_ADMIN]', '[""]', '[null]', '[CHOWN, BPF]'])(
  '%s is beyond the usual ones',
  (list) => {
    expect(statusesOf(control, podOf(`{containers: [${adding(list)}]}`))).toEqual(always('fail'));
  },
);

test.each([
  '[AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD]',
  '[NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]',
  '[]',
  'null',
])('%s is not', (list) => {
  expect(statusesOf(control, podOf(`{containers: [${adding(list)}]}`))).toEqual(always('pass'));
});

test('what is dropped does not matter, nor what Windows is', () => {
  const dropped = '{name: a, securityContext: {capabilities: {drop: [SYS_ADMIN]}}}';
  expect(
    statusesOf(control, podOf(`{containers: [${dropped}, {name: b, securityContext: {capabilities: null}}]}`)),
  ).toEqual(always('pass'));
  expect(statusesOf(control, podOf(`{os: {name: windows}, containers: [${adding('[SYS_ADMIN]')}]}`))).toEqual(
    always('fail'),
  );
});
