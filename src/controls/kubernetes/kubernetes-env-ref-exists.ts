import { defineControl } from '../../model/control.ts';
import { isObject } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable } from '../../model/verdict.ts';
import { type EnvironmentReference, environmentReferences } from './pod-environment.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { grantOf, type Permission } from './rbac-permission.ts';
import { isRole, rulesOf } from './rbac-role.ts';
import { mayShareNamespace, objectsNamed, objectsOfKind } from './set-index.ts';

export const kubernetesEnvRefExists = defineControl({
  id: 'kubernetes-env-ref-exists',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'ConfigMaps and Secrets that variables are taken from exist',
    zh: '环境变量引用的 ConfigMap 与 Secret 存在',
  },
  why: {
    en: 'A container whose variable cannot be found does not start. In a rolling update nobody may notice before the last good pod is gone.',
    zh: '找不到变量来源的容器无法启动。在滚动更新中，可能直到最后一个正常的 Pod 消失时才有人发现。',
  },
  how: {
    en: 'Looks up what env and envFrom take from objects that were read together. An object that was read and lacks the key fails. An object that was not read fails only where others of its kind and namespace were, and nothing that was read may make it: an object of a kind that others define, or a Kustomization; of a Secret also a role that may create Secrets. What is optional passes.',
    zh: '在一并读取的对象中查找 env 与 envFrom 的引用。对象已读取但缺少相应键时判为未通过。对象未被读取时，仅当已读取同一命名空间的同类对象，且所读内容中没有可能生成它的对象（自定义类型或 Kustomization；对 Secret 而言还包括可创建 Secret 的角色）时，才判为未通过。标为 optional 的引用判为通过。',
  },
  references: {
    aliases: ['k8s-env-ref-exists', 'kube-linter:env-value-from'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  mode: fast
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      env:
        - name: MODE
          valueFrom:
            configMapKeyRef: { name: web, key: modus }
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  mode: fast
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      env:
        - name: MODE
          valueFrom:
            configMapKeyRef: { name: web, key: mode }
`,
  },
  appliesTo: ({ pod, set }: KubernetesObject) =>
    environmentReferences(pod).some(({ kind }) => set.complete || objectsOfKind(set, kind).length > 0),

  judge(object) {
    const looked = environmentReferences(object.pod).flatMap((reference) => {
      const outcome = outcomeOf(reference, object);
      return outcome === 'unread' ? [] : [{ reference, outcome }];
    });
    if (looked.length === 0) {
      return notApplicable({
        en: 'What its variables are taken from was not read.',
        zh: '未读取到其环境变量的来源对象。',
      });
    }
    const breaches = looked.flatMap(({ reference, outcome }) =>
      outcome === 'found' ? [] : [breachOf(reference, outcome)],
    );
    return verdictsOn(breaches, object, {
      en: 'What its variables are taken from is there, as far as it was read.',
      zh: '在已读取的范围内，其环境变量的来源均存在。',
    });
  },

  remedy() {
    return byHand({
      en: 'Correct the name or the key, add the object to the manifests, or mark the reference optional: true.',
      zh: '改正名称或键，将对象加入清单，或将引用标为 optional: true。',
    });
  },
});

type Outcome = 'found' | 'no-key' | 'no-object' | 'unread';

/** The cluster itself puts these into every namespace. */
const everywhere = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);

function outcomeOf({ kind, name, key, isOptional }: EnvironmentReference, object: KubernetesObject): Outcome {
  if (isOptional) return 'found';
  const { set } = object;
  const named = objectsNamed(set, kind, name)
    .filter(({ group }) => group === '')
    .filter((each) => mayShareNamespace(each, object));
  if (named.length > 0) return key === undefined || named.some((each) => mayHold(each, key)) ? 'found' : 'no-key';
  if (set.complete) return 'no-object';
  const isKnownPlace = objectsOfKind(set, kind).some(
    ({ group, namespace }) => group === '' && namespace === object.namespace,
  );
  return !isKnownPlace || everywhere.has(name) || hasMaker(object, kind) ? 'unread' : 'no-object';
}

/** Whether an object has a key, or nothing yet: then somebody else fills it. */
function mayHold({ value }: KubernetesObject, key: string): boolean {
  const parts = ['data', 'stringData', 'binaryData'].map((part) => value[part]);
  const isWritten = parts.some((part) => isObject(part) && Object.keys(part).length > 0);
  return !isWritten || parts.some((part) => isObject(part) && Object.hasOwn(part, key));
}

const ownGroups = new Set(['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy']);

const creating: Permission = { groups: [''], resource: 'secrets', verbs: ['create'], evenNamed: true };

/**
 * Whether an object was read that may make others: one of an operator, or what Kustomize builds from. Programs that
 * may create Secrets often make their own when they start.
 */
function hasMaker({ set }: KubernetesObject, kind: string): boolean {
  return set.objects.some(
    (each) =>
      (!ownGroups.has(each.group) && (!each.group.endsWith('.k8s.io') || each.group === 'kustomize.config.k8s.io')) ||
      (kind === 'Secret' && isRole(each) && rulesOf(each).some((rule) => grantOf(rule, [creating]))),
  );
}

function breachOf(reference: EnvironmentReference, outcome: Outcome): Breach {
  const { kind, name, key, entry, path } = reference;
  const words = containerWords(entry);
  const message =
    outcome === 'no-key'
      ? {
          en: `${words.en} takes a variable from ${key} of the ${kind} ${name}, which has no such key.`,
          zh: `${words.zh} 引用了 ${kind} ${name} 的键 ${key}，但该键不存在。`,
        }
      : {
          en: `${words.en} takes variables from the ${kind} ${name}, which is not there.`,
          zh: `${words.zh} 引用的 ${kind} ${name} 不存在。`,
        };
  return {
    path: [...path, outcome === 'no-key' ? 'key' : 'name'],
    value: outcome === 'no-key' ? (key ?? null) : name,
    message,
  };
}
