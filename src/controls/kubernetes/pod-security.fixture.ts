import { expect } from 'vitest';
import { judgeText, object } from '../../../test/written.ts';
import type { Control, ParameterDefinitions, ParameterValues } from '../../model/control.ts';
import { containerLists, type KubernetesObject } from '../../model/kubernetes.ts';
import type { VerdictStatus } from '../../model/verdict.ts';
import { kubernetesPssAllowPrivilegeEscalation } from './kubernetes-pss-allow-privilege-escalation.ts';
import { kubernetesPssApparmor } from './kubernetes-pss-apparmor.ts';
import { kubernetesPssCapabilitiesBaseline } from './kubernetes-pss-capabilities-baseline.ts';
import { kubernetesPssCapabilitiesRestricted } from './kubernetes-pss-capabilities-restricted.ts';
import { kubernetesPssHostNamespaces } from './kubernetes-pss-host-namespaces.ts';
import { kubernetesPssHostProbes } from './kubernetes-pss-host-probes.ts';
import { kubernetesPssHostpath } from './kubernetes-pss-hostpath.ts';
import { kubernetesPssHostports } from './kubernetes-pss-hostports.ts';
import { kubernetesPssPrivileged } from './kubernetes-pss-privileged.ts';
import { kubernetesPssProcmount } from './kubernetes-pss-procmount.ts';
import { kubernetesPssRunAsNonroot } from './kubernetes-pss-run-as-nonroot.ts';
import { kubernetesPssRunAsUser } from './kubernetes-pss-run-as-user.ts';
import { kubernetesPssSeccompBaseline } from './kubernetes-pss-seccomp-baseline.ts';
import { kubernetesPssSeccompRestricted } from './kubernetes-pss-seccomp-restricted.ts';
import { kubernetesPssSelinux } from './kubernetes-pss-selinux.ts';
import { kubernetesPssSysctls } from './kubernetes-pss-sysctls.ts';
import { kubernetesPssVolumeTypes } from './kubernetes-pss-volume-types.ts';
import { kubernetesPssWindowsHostprocess } from './kubernetes-pss-windows-hostprocess.ts';

export type PodControl = Control<'kubernetes-object'>;

export const baselineControls: readonly PodControl[] = [
  kubernetesPssApparmor,
  kubernetesPssCapabilitiesBaseline,
  kubernetesPssHostNamespaces,
  kubernetesPssHostProbes,
  kubernetesPssHostpath,
  kubernetesPssHostports,
  kubernetesPssPrivileged,
  kubernetesPssProcmount,
  kubernetesPssSeccompBaseline,
  kubernetesPssSelinux,
  kubernetesPssSysctls,
  kubernetesPssWindowsHostprocess,
];

export const restrictedControls: readonly PodControl[] = [
  kubernetesPssAllowPrivilegeEscalation,
  kubernetesPssCapabilitiesRestricted,
  kubernetesPssRunAsNonroot,
  kubernetesPssRunAsUser,
  kubernetesPssSeccompRestricted,
  kubernetesPssVolumeTypes,
];

/** The newest minor version that the tests know. */
export const newest = 37;

/** A pod of this spec, in YAML's flow form, with these annotations. */
export function podOf(spec: string, annotations = '{}'): KubernetesObject {
  return object(`{apiVersion: v1, kind: Pod, metadata: {name: web, annotations: ${annotations}}, spec: ${spec}}`);
}

/** The pod's spec with this container in each of its lists. */
export function inEachList(container: string): string[] {
  return containerLists.map((list) => `{${list}: [{name: fine}, ${container}]}`);
}

/** What a control says of an object in a version; in the newest if there is none. */
export function statusIn<P extends ParameterDefinitions>(
  control: Control<'kubernetes-object', P>,
  subject: KubernetesObject,
  minor?: number,
  parameters: Partial<ParameterValues<P>> = {},
): VerdictStatus {
  const kubernetesVersion = minor === undefined ? undefined : { major: 1, minor };
  const verdicts = judgeText(control, subject, { kubernetesVersion, parameters });
  const [first] = verdicts;
  if (!first) throw new Error(`${control.id} said nothing`);
  // Several verdicts are several failures.
  if (verdicts.length > 1) expect(verdicts.every(({ status }) => status === 'fail')).toBe(true);
  return first.status;
}

/** The versions from 1.0 to the newest, each with what the control says. */
export function statusesOf<P extends ParameterDefinitions>(
  control: Control<'kubernetes-object', P>,
  subject: KubernetesObject,
): VerdictStatus[] {
  return Array.from({ length: newest + 1 }, (_, minor) => statusIn(control, subject, minor));
}

/** `status` in the versions below 1.`minor`, `then` from there to the newest. */
export function until(minor: number, status: VerdictStatus, then: VerdictStatus): VerdictStatus[] {
  return Array.from({ length: newest + 1 }, (_, each) => (each < minor ? status : then));
}

/** The same in every version. */
export function always(status: VerdictStatus): VerdictStatus[] {
  return until(0, status, status);
}
