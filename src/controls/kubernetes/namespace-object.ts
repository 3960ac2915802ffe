import type { KubernetesObject } from '../../model/kubernetes.ts';
import { failAt, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { objectsOfKind } from './set-index.ts';
import { isOwnNamespace } from './system-namespace.ts';

/** Whether a namespace can be asked for an object of a kind: some were read, so those that are missing are missing. */
export function isAskedForEach(object: KubernetesObject, kind: string): boolean {
  return isOwnNamespace(object) && (object.set.complete || objectsOfKind(object.set, kind).length > 0);
}

/** The verdict on a namespace that should have an object of a kind. */
export function verdictOnEach(namespace: KubernetesObject, kind: string): Verdict {
  const all = objectsOfKind(namespace.set, kind);
  if (all.some((each) => each.namespace === namespace.name)) {
    return pass({ en: `It has a ${kind}.`, zh: `已有 ${kind}。` });
  }
  const open = all.find((each) => each.namespace === undefined);
  if (open) {
    return unknown(
      {
        en: `${kind} ${open.name} names no namespace: it may be meant for this one.`,
        zh: `${kind} ${open.name} 未写命名空间，可能适用于此处。`,
      },
      { en: 'write metadata.namespace into it', zh: '请在其中写明 metadata.namespace' },
      { source: 'file', path: 'metadata.namespace', value: null },
    );
  }
  const message = { en: `${namespace.name} has no ${kind}.`, zh: `${namespace.name} 没有 ${kind}。` };
  return failAt(message, namespace.locate(['metadata', 'name']), namespace.name);
}
