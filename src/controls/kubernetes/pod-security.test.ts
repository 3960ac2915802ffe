import { describe, expect, test } from 'vitest';
import { object, remediesOf } from '../../../test/written.ts';
import { type JsonObject, type JsonValue, type KeyPath } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { oracle } from './pod-security-oracle.fixture.ts';
import { randomPod } from './pod-security-random.fixture.ts';
import { baselineControls, newest, type PodControl, restrictedControls, statusIn } from './pod-security.fixture.ts';

const controls = [...baselineControls, ...restrictedControls];
const versions = Array.from({ length: newest + 1 }, (_, minor) => minor);
const restricted = { restricted: true };

const shortId = ({ id }: PodControl) => id.replace('kubernetes-pss-', '');

test('the oracle knows every control', () => {
  expect(Object.keys(oracle).toSorted()).toEqual(controls.map(shortId).toSorted());
});

test('each control has its level', () => {
  for (const { references } of baselineControls) expect(references.podSecurity).toBe('baseline');
  for (const { references } of restrictedControls) expect(references.podSecurity).toBe('restricted');
});

describe('pods by lot', () => {
  const pods = Array.from({ length: 120 }, (_, seed) => randomPod(seed)).map((pod) => ({
    pod,
    written: asWritten(pod),
    subject: object(JSON.stringify(pod)),
  }));
  // On both sides of every version in which a rule begins or changes.
  const boundaries = [0, 7, 8, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37];

  test.each(controls.map((control) => [shortId(control), control] as const))(
    '%s judges them as the standards do, in every version',
    (id, control) => {
      const seen = new Set<string>();
      for (const [seed, { written, subject }] of pods.entries()) {
        for (const minor of boundaries) {
          const holds = oracle[id]?.(written, minor);
          const expected = holds === undefined ? 'not-applicable' : holds ? 'pass' : 'fail';
          expect(statusIn(control, subject, minor), `pod ${seed} in 1.${minor}`).toBe(expected);
          seen.add(expected);
        }
      }
      expect(seen).toContain('pass');
      expect(seen).toContain('fail');
    },
  );

  const byHand = new Set(['hostpath', 'run-as-user', 'volume-types']);
  const mendable = controls.filter((control) => !byHand.has(shortId(control)));

  test.each(mendable.map((control) => [shortId(control), control] as const))('what mends %s does', (_, control) => {
    const after = pods.flatMap(({ pod }) =>
      [18, 26, newest].flatMap((minor) => {
        const mended = mend(control, pod, minor);
        return mended ? [statusIn(control, object(JSON.stringify(mended)), minor)] : [];
      }),
    );
    expect(new Set(after)).toEqual(new Set(['pass']));
  });
});

test('a pod that keeps to the restricted level passes in every version', () => {
  const pod = object(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      initContainers:
        - name: migrate
          image: registry.example/shop/web:1.4.2
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
          ports: [{ containerPort: 8080 }]
          livenessProbe: { httpGet: { port: 8080 } }
          securityContext:
            allowPrivilegeEscalation: false
            runAsUser: 10001
            capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }
      volumes:
        - { name: tmp, emptyDir: {} }
        - { name: settings, configMap: { name: web } }
`);
  for (const control of controls) {
    for (const minor of versions)
      expect(statusIn(control, pod, minor, restricted), `${control.id} in 1.${minor}`).not.toBe('fail');
    expect(statusIn(control, pod, undefined, restricted)).toBe('pass');
  }
});

test('a pod that breaks every rule passes when all is mended that a program can mend', () => {
  const bad: JsonObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' } },
    spec: {
      hostNetwork: true,
      hostPID: true,
      hostIPC: true,
      securityContext: {
        runAsNonRoot: false,
        seccompProfile: { type: 'Unconfined' },
        appArmorProfile: { type: 'Unconfined' },
        seLinuxOptions: { type: 'spc_t', user: 'system_u', role: 'system_r', level: 's0' },
        windowsOptions: { hostProcess: true },
        sysctls: [
          { name: 'kernel.msgmax', value: '1' },
          { name: 'net.ipv4.tcp_syncookies', value: '1' },
          { name: 'vm.swappiness', value: '1' },
        ],
      },
      initContainers: [{ name: 'first', ports: [{ containerPort: 1, hostPort: 1 }] }],
      containers: [
        {
          name: 'web',
          livenessProbe: { httpGet: { host: '127.0.0.1', port: 80 } },
          securityContext: {
            privileged: true,
            allowPrivilegeEscalation: true,
            procMount: 'Unmasked',
            runAsNonRoot: false,
            seccompProfile: { type: 'Localhos' },
            capabilities: { add: ['SYS_ADMIN', 'NET_BIND_SERVICE', 'ALL'] },
          },
        },
        { name: 'log', securityContext: null },
      ],
      volumes: [{ name: 'run', hostPath: { path: '/run' } }],
    },
  };
  const failing = (pod: JsonObject) =>
    controls
      .filter((control) => statusIn(control, object(JSON.stringify(pod)), newest, restricted) === 'fail')
      .map(shortId);
  expect(failing(bad)).toEqual(controls.map(shortId).filter((id) => id !== 'run-as-user'));

  const mended = controls.reduce((pod, control) => mend(control, pod, newest) ?? pod, bad);
  expect(failing(mended)).toEqual(['hostpath', 'volume-types']);
});

/** The pod after the control's first remedy; undefined where it has none that a program can carry out. */
function mend(control: PodControl, pod: JsonObject, minor: number): JsonObject | undefined {
  const circumstances = { kubernetesVersion: { major: 1, minor }, parameters: restricted };
  const [remedy] = remediesOf(control, object(JSON.stringify(pod)), circumstances);
  return remedy?.kind === 'object' ? remedy.fields.reduce(changed, asWritten(pod)) : undefined;
}

/** Without what JSON does not write down. */
function asWritten(pod: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(pod)) as JsonObject;
}

function changed(root: JsonObject, { path, value }: FieldChange): JsonObject {
  return changedAt(root, path, value) as JsonObject;
}

function changedAt(before: JsonValue | undefined, [step, ...rest]: KeyPath, value: JsonValue | undefined): JsonValue {
  if (typeof step === 'number') {
    const list = Array.isArray(before) ? (before as JsonValue[]) : [];
    return rest.length === 0 && value === undefined
      ? list.toSpliced(step, 1)
      : list.with(step, rest.length === 0 ? (value ?? null) : changedAt(list[step], rest, value));
  }
  const { [step ?? '']: inner, ...others } = (before ?? {}) as JsonObject;
  if (rest.length === 0 && value === undefined) return others;
  return { ...others, [step ?? '']: rest.length === 0 ? value : changedAt(inner, rest, value) };
}
