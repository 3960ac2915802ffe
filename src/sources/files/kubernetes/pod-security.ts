import type { SecurityOptions } from '../../../model/container-spec.ts';
import { isObject, type JsonValue, type KeyPath, objectIn, textIn } from '../../../model/json.ts';
import {
  ownPath,
  ownSetting,
  podSetting,
  type PodSource,
  sharedSetting,
  sharedSettingPath,
  textsOf,
  valueOn,
} from './pod-source.ts';

/** `1000:1000`; undefined where the image decides, which it also does for a group alone. */
export function userOf(source: PodSource): string | undefined {
  const user = sharedSetting(source, 'runAsUser');
  const group = sharedSetting(source, 'runAsGroup');
  if (!isInteger(user)) return undefined;
  return isInteger(group) ? `${user}:${group}` : String(user);
}

/** Supplementary groups: those of the list, and the one that owns the volumes. */
export function groupsOf(source: PodSource): string[] {
  const listed = podSetting(source, 'supplementalGroups');
  const all = [...(Array.isArray(listed) ? (listed as readonly JsonValue[]) : []), podSetting(source, 'fsGroup')];
  return all.filter(isInteger).map(String);
}

function isInteger(value: JsonValue | undefined): value is number {
  return Number.isInteger(value);
}

export function capabilitiesOf(source: PodSource): { readonly add: string[]; readonly drop: string[] } {
  const capabilities = ownSetting(source, 'capabilities');
  const listed = (key: string) => (isObject(capabilities) ? textsOf(capabilities[key]) : []);
  return { add: listed('add'), drop: listed('drop') };
}

export function securityOf(source: PodSource): SecurityOptions {
  const escalation = ownSetting(source, 'allowPrivilegeEscalation');
  return {
    // Nothing said is the same as true: a kubelet forbids escalation only where it is told to.
    noNewPrivileges: typeof escalation === 'boolean' ? !escalation : undefined,
    seccomp: seccompOf(source),
    seccompNotNamed: textIn(sharedSetting(source, 'seccompProfile'), 'type') === undefined || undefined,
    appArmor: appArmorOf(source),
    selinux: selinuxPlaces(source).map(({ option }) => option),
  };
}

/** Without a profile a kubelet filters nothing, unless its administrator has set SeccompDefault. */
function seccompOf(source: PodSource): string | undefined {
  const profile = sharedSetting(source, 'seccompProfile');
  const type = textIn(profile, 'type');
  if (type === 'RuntimeDefault') return undefined;
  return type === 'Localhost' ? (textIn(profile, 'localhostProfile') ?? '') : 'unconfined';
}

/** A profile's name, or `unconfined`; undefined is the runtime's own. */
function appArmorOf(source: PodSource): string | undefined {
  const path = appArmorPath(source);
  const written = valueOn(source, path);
  if (typeof written === 'string') {
    if (written === 'unconfined') return written;
    return written.startsWith('localhost/') ? written.slice('localhost/'.length) : undefined;
  }
  const type = textIn(written, 'type');
  if (type === 'Unconfined') return 'unconfined';
  return type === 'Localhost' ? textIn(written, 'localhostProfile') : undefined;
}

/** The container's own field wins, then the annotation of older versions, then the field of the pod. */
export function appArmorPath(source: PodSource): KeyPath {
  const { pod, entry } = source;
  const own = ownPath(source, 'securityContext', 'appArmorProfile');
  if (valueOn(source, own) !== undefined) return own;
  const key = `container.apparmor.security.beta.kubernetes.io/${entry.name}`;
  const annotation = [...pod.path, 'metadata', 'annotations', key];
  return textIn(objectIn(pod.metadata, 'annotations'), key) === undefined
    ? sharedSettingPath(source, 'appArmorProfile')
    : annotation;
}

/** Options in the engine's words (`type:web_t`), each with its place. */
export function selinuxPlaces(source: PodSource): { readonly option: string; readonly path: KeyPath }[] {
  const path = sharedSettingPath(source, 'seLinuxOptions');
  const options = valueOn(source, path);
  return ['user', 'role', 'type', 'level'].flatMap((name) => {
    const value = textIn(options, name);
    return value ? [{ option: `${name}:${value}`, path: [...path, name] }] : [];
  });
}
