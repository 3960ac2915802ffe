import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssSelinux as control } from './kubernetes-pss-selinux.ts';
import { always, inEachList, podOf, statusesOf, until } from './pod-security.fixture.ts';

test('each option fails at its own line, and is taken away', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    seLinuxOptions:
      role: system_r
      level: s0
  containers:
    - name: web
      securityContext:
        seLinuxOptions:
          type: spc_t
          user: system_u
`);
  const web = ['spec', 'containers', 0, 'securityContext', 'seLinuxOptions'];
  expect(failingLines(control, pod)).toEqual([6, 12, 13]);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: ['spec', 'securityContext', 'seLinuxOptions', 'role'] },
      { path: [...web, 'type'] },
      { path: [...web, 'user'] },
    ],
  });
});

const options = (written: string) => `securityContext: {seLinuxOptions: ${written}}`;

test.each([
  '{type: spc_t}',
  '{type: Container_t}',
  '{user: system_u}',
  '{role: system_r}',
  '{type: container_t, user: u}',
])('%s fails in every version, wherever it stands', (written) => {
  for (const spec of [`{${options(written)}}`, ...inEachList(`{name: a, ${options(written)}}`)])
    expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
});

test.each([
  '{}',
  'null',
  '{type: "", user: "", role: ""}',
  '{type: null}',
  '{type: container_t}',
  '{type: container_init_t}',
  '{type: container_kvm_t, level: "s0:c1"}',
])('%s passes in every version', (written) => {
  for (const spec of [`{${options(written)}}`, ...inEachList(`{name: a, ${options(written)}}`)])
    expect(statusesOf(control, podOf(spec))).toEqual(always('pass'));
});

test('container_engine_t is a container type from 1.31 on', () => {
  expect(statusesOf(control, podOf(`{${options('{type: container_engine_t}')}}`))).toEqual(until(31, 'fail', 'pass'));
});

test('the remedy leaves container_engine_t alone where it is allowed', () => {
  const pod = podOf(`{${options('{type: container_engine_t, user: u}')}}`);
  const fieldsIn = (minor: number) => {
    const [remedy] = remediesOf(control, pod, { kubernetesVersion: { major: 1, minor } });
    return remedy?.kind === 'object' ? remedy.fields.map(({ path }) => path.at(-1)) : [];
  };
  expect(fieldsIn(30)).toEqual(['type', 'user']);
  expect(fieldsIn(31)).toEqual(['user']);
});
