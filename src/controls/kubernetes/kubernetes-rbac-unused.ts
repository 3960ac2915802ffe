import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';
import {
  bindingsIn,
  type BoundSubject,
  gives,
  isOwnBinding,
  roleIn,
  roleOf,
  subjectsOf,
  subjectText,
} from './rbac-binding.ts';
import { isCollected, isOwnRole, isRole } from './rbac-role.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';

export const kubernetesRbacUnused = defineControl({
  id: 'kubernetes-rbac-unused',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Every role is bound, and every binding leads somewhere', zh: '每个角色都有绑定，每个绑定都有着落' },
  why: {
    en: 'A role that nobody uses, or a binding for an account that is gone, is a right that waits for somebody: whoever makes an account of that name gets it.',
    zh: '无人使用的角色、指向已不存在账号的绑定，都是等人来取的权限：谁创建同名账号，谁就得到它。',
  },
  how: {
    en: 'Looks at what was read together. A role fails where bindings were read and none gives it, unless another role takes over its rules. A binding fails where it has no subject, where its ServiceAccount is missing among those read of that namespace, or its Role among the Roles of it.',
    zh: '只看一同读取的内容。若读到了绑定而无一授予该角色，且其规则未被其他角色聚合，则该角色未通过。若绑定没有主体，或其 ServiceAccount、Role 不在所读的同命名空间对象之中，则该绑定未通过。',
  },
  references: {
    cisKubernetes: ['5.1.1'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-unused', 'k8s-rbac-no-unused'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: shop-web
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: shop-web
subjects:
  - kind: ServiceAccount
    name: web
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop-web
  namespace: shop
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: shop-web
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: shop-web
subjects:
  - kind: ServiceAccount
    name: shop-web
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop-web
  namespace: shop
`,
  },
  appliesTo: (object) =>
    isOwnBinding(object) || (isOwnRole(object) && (object.set.complete || bindingsIn(object.set).some(isOwnBinding))),

  judge(object) {
    const failures = isRole(object) ? unboundRole(object) : danglingBinding(object);
    return failures.length > 0 ? failures : pass({ en: 'It is in use.', zh: '正在使用。' });
  },

  remedy() {
    return byHand({
      en: 'Delete what nobody needs, or mend the name.',
      zh: '删除无人需要的对象，或改正名称。',
    });
  },
});

function unboundRole(role: KubernetesObject): Verdict[] {
  if (isCollected(role) || bindingsIn(role.set).some((binding) => gives(binding, role))) return [];
  const message = { en: `No binding gives ${role.name}.`, zh: `没有绑定授予 ${role.name}。` };
  return [failAt(message, role.locate(['metadata', 'name']), role.name)];
}

function danglingBinding(binding: KubernetesObject): Verdict[] {
  const subjects = subjectsOf(binding);
  const role = roleOf(binding);
  const verdicts = subjects
    .filter((subject) => isGone(subject, binding))
    .map((subject) => {
      const text = subjectText(subject);
      const message = { en: `${text} does not exist here.`, zh: `此处没有 ${text}。` };
      return failAt(message, binding.locate([...subject.path, 'name']), text);
    });
  if (subjects.length === 0) {
    const message = { en: 'It gives its role to nobody.', zh: '未将角色授予任何人。' };
    verdicts.push(failAt(message, binding.locate(['subjects']), []));
  }
  if (role.kind === 'Role' && !roleIn(binding) && knows(binding, 'Role', binding.namespace)) {
    const message = { en: `Role ${role.name} does not exist here.`, zh: `此处没有 Role ${role.name}。` };
    verdicts.push(failAt(message, binding.locate(['roleRef', 'name']), role.name));
  }
  return verdicts;
}

function isGone({ kind, name, namespace }: BoundSubject, binding: KubernetesObject): boolean {
  if (kind !== 'ServiceAccount' || name === 'default' || !knows(binding, kind, namespace)) return false;
  const where = namespace === undefined ? {} : { namespace };
  return !objectsOfKind(binding.set, kind).some((each) => each.name === name && mayShareNamespace(each, where));
}

/** Whether objects of a kind were read of that very namespace: then the one that is missing would be among them. */
function knows({ set }: KubernetesObject, kind: string, namespace: string | undefined): boolean {
  return set.complete || objectsOfKind(set, kind).some((each) => each.namespace === namespace);
}
