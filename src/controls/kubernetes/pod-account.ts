import { isObject, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject, ObjectSet, PodTemplate } from '../../model/kubernetes.ts';
import { bindingsIn, type BoundSubject, subjectsOf } from './rbac-binding.ts';
import { accountNameOf } from './service-account.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';
import { remembered } from '../../model/remembered.ts';

/** The service account that a pod runs as. */
interface PodAccount {
  readonly name: string;
  /** Where it is named, from the object's root; of one that is not named, where it would be. */
  readonly path: KeyPath;
}

export function accountOf(pod: PodTemplate): PodAccount {
  const isOld =
    (textIn(pod.spec, 'serviceAccountName') ?? '') === '' && (textIn(pod.spec, 'serviceAccount') ?? '') !== '';
  const key = isOld ? 'serviceAccount' : 'serviceAccountName';
  return { name: accountNameOf(pod), path: [...pod.path, 'spec', key] };
}

/** The bindings of the set that give something to the service account of a pod. */
export function bindingsOfPod(object: KubernetesObject): KubernetesObject[] {
  if (!object.pod) return [];
  const { name } = accountOf(object.pod);
  const given = givenByName(object.set).get(name) ?? [];
  return [...new Set(given.filter(({ subject }) => isAccount(subject, name, object)).map(({ binding }) => binding))];
}

interface Given {
  readonly subject: BoundSubject;
  readonly binding: KubernetesObject;
}

/** What is given to service accounts, by their names. */
const givenByName = remembered((set: ObjectSet): ReadonlyMap<string, readonly Given[]> => {
  const given = bindingsIn(set).flatMap((binding) =>
    subjectsOf(binding)
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map((subject): Given => ({ subject, binding })),
  );
  return Map.groupBy(given, ({ subject }) => subject.name);
});

/** Every namespace has an account `default`: where one is left open, it is not known to be the same. */
function isAccount({ name, namespace }: BoundSubject, wanted: string, object: KubernetesObject): boolean {
  if (name !== wanted) return false;
  if (wanted === 'default') return namespace === object.namespace;
  return namespace === undefined || object.namespace === undefined || namespace === object.namespace;
}

/** Whether a pod gets the token of its account: it says so itself, its account does, or by default. */
export function getsToken(object: KubernetesObject): boolean {
  const { pod } = object;
  if (!pod) return false;
  if (hasProjectedToken(pod)) return true;
  const own = pod.spec.automountServiceAccountToken;
  if (typeof own === 'boolean') return own;
  const { name } = accountOf(pod);
  const account = objectsOfKind(object.set, 'ServiceAccount').find(
    (each) => each.name === name && mayShareNamespace(each, object),
  );
  return account?.value.automountServiceAccountToken !== false;
}

function hasProjectedToken({ spec }: PodTemplate): boolean {
  return listIn(spec, 'volumes').some((volume) =>
    listIn(objectIn(volume, 'projected'), 'sources').some(
      (source) => isObject(source) && isObject(source.serviceAccountToken),
    ),
  );
}
