import type { HostChange } from './host-change.ts';
import type { JsonObject, JsonValue, KeyPath } from './json.ts';
import type { TextEdit } from './source-text.ts';
import { isLiveChange, type SpecChange } from './spec-change.ts';
import type { Text } from './text.ts';

/** What a change interrupts, from nothing to a person's work. */
export const disruptions = ['none', 'reload', 'daemon-restart', 'recreate', 'rebuild', 'reboot', 'manual'] as const;
export type Disruption = (typeof disruptions)[number];

export const disruptionNames: Readonly<Record<Disruption, Text>> = {
  none: { en: 'nothing restarts', zh: '无需重启' },
  reload: { en: 'the engine reloads its configuration', zh: '引擎重新加载配置' },
  'daemon-restart': { en: 'the engine restarts', zh: '引擎需重启' },
  recreate: { en: 'the container is re-created', zh: '需重建容器' },
  rebuild: { en: 'the image is rebuilt', zh: '需重建镜像' },
  reboot: { en: 'the machine is rebooted', zh: '需重启主机' },
  manual: { en: 'by hand', zh: '需人工处理' },
};

/** A change that makes a control pass, as data: rendered in each dialect, and later planned and applied. */
export type Remedy = SpecRemedy | DaemonRemedy | HostRemedy | TextRemedy | ObjectRemedy | ManualRemedy;

export interface SpecRemedy {
  readonly kind: 'spec';
  readonly summary: Text;
  readonly change: SpecChange;
  readonly disruption: Disruption;
}

/** Keys of the engine's configuration file: values to set, `null` to remove. */
export interface DaemonRemedy {
  readonly kind: 'daemon';
  readonly summary: Text;
  readonly set: JsonObject;
  readonly disruption: Disruption;
}

/** Changes of files, kernel parameters and audit rules of the host. */
export interface HostRemedy {
  readonly kind: 'host';
  readonly summary: Text;
  readonly changes: readonly HostChange[];
  readonly disruption: Disruption;
}

/** Edits of the text that was judged, at offsets of that text. */
export interface TextRemedy {
  readonly kind: 'text';
  readonly summary: Text;
  readonly edits: readonly TextEdit[];
  readonly disruption: Disruption;
}

/** Fields of the object that was judged, each set to a value; without one the field is taken away. */
export interface ObjectRemedy {
  readonly kind: 'object';
  readonly summary: Text;
  readonly fields: readonly FieldChange[];
  readonly disruption: Disruption;
}

export interface FieldChange {
  /** From the object's root. A number one past the end of a list appends to it. */
  readonly path: KeyPath;
  /** Absent: the field is taken away. */
  readonly value?: JsonValue;
}

/** What only a person can do, with the commands that help. */
export interface ManualRemedy {
  readonly kind: 'manual';
  readonly summary: Text;
  readonly commands: readonly string[];
  readonly disruption: Disruption;
  /**
   * Keys of the engine's configuration file that would answer it, were they not set on the command line: values to
   * set, `null` to remove. They are no part of a report.
   */
  readonly settings?: JsonObject;
}

/** Changes a container's specification. What it disrupts follows from the fields. */
export function changeSpec(change: SpecChange, summary: Text): SpecRemedy {
  return { kind: 'spec', summary, change, disruption: isLiveChange(change) ? 'none' : 'recreate' };
}

/** Options that the engine takes over on SIGHUP; every other one needs a restart. */
const reloadable = new Set([
  'authorization-plugins',
  'debug',
  'default-runtime',
  'features',
  'insecure-registries',
  'labels',
  'live-restore',
  'registry-mirrors',
  'runtimes',
  'shutdown-timeout',
]);

/** Changes the engine's configuration file. */
export function changeDaemon(set: JsonObject, summary: Text): DaemonRemedy {
  const reload = Object.keys(set).every((key) => reloadable.has(key));
  return { kind: 'daemon', summary, set, disruption: reload ? 'reload' : 'daemon-restart' };
}

/** Changes the host; nothing restarts. */
export function changeHost(changes: readonly HostChange[], summary: Text): HostRemedy {
  return { kind: 'host', summary, changes, disruption: 'none' };
}

/** Edits a Dockerfile. */
export function editText(edits: readonly TextEdit[], summary: Text): TextRemedy {
  return { kind: 'text', summary, edits, disruption: 'rebuild' };
}

/** Changes fields of an object; objects on the way to them are made. */
export function changeObject(fields: readonly FieldChange[], summary: Text): ObjectRemedy {
  return { kind: 'object', summary, fields, disruption: 'recreate' };
}

/** Tells a person what to do. */
export function byHand(
  summary: Text,
  commands: readonly string[] = [],
  disruption: Disruption = 'manual',
): ManualRemedy {
  return { kind: 'manual', summary, commands, disruption };
}
