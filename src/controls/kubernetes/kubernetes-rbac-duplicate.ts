import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';
import { bindingsIn, isOwnBinding, roleOf, subjectsOf, subjectText } from './rbac-binding.ts';
import { isAggregated, isCollected, isOwnRole, isRole, rulesOf } from './rbac-role.ts';
import { objectsOfKind } from './set-index.ts';

export const kubernetesRbacDuplicate = defineControl({
  id: 'kubernetes-rbac-duplicate',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'No right is given twice', zh: '同一权限不重复授予' },
  why: {
    en: 'Whoever takes a right away in one place believes it gone, while the other place still gives it.',
    zh: '在一处收回权限后，人们以为它已不存在，而另一处仍在授予。',
  },
  how: {
    en: 'Looks at what was read together: two roles of one namespace with the same rules, and a subject that gets the same role in the same namespace twice, or once more for a namespace what it has everywhere. The later one fails.',
    zh: '只看一同读取的内容：同一命名空间内规则相同的两个角色；同一主体在同一命名空间内两次获得同一角色，或已在全集群拥有却又在命名空间内再次获得。后出现者未通过。',
  },
  references: {
    cisKubernetes: ['5.1.3'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-duplicate', 'k8s-rbac-no-duplicates'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-view
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    name: shop-team
    apiGroup: rbac.authorization.k8s.io
  - kind: Group
    name: shop-team
    apiGroup: rbac.authorization.k8s.io
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-view
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    name: shop-team
    apiGroup: rbac.authorization.k8s.io
`,
  },
  appliesTo: (object) => isOwnBinding(object) || isOwnRole(object),

  judge(object) {
    const failures = isRole(object) ? sameRoles(object) : sameSubjects(object);
    return failures.length > 0 ? failures : pass({ en: 'It gives nothing twice.', zh: '没有重复授予。' });
  },

  remedy() {
    return byHand({
      en: 'Keep one of the two, and delete the other.',
      zh: '保留其一，删除另一个。',
    });
  },
});

function sameRoles(role: KubernetesObject): Verdict[] {
  const rules = rulesText(role);
  if (rules === '' || isAggregated(role) || isCollected(role)) return [];
  const earlier = objectsOfKind(role.set, role.kind);
  const other = earlier
    .slice(0, earlier.indexOf(role))
    .find(
      (each) =>
        each.name !== role.name &&
        each.namespace === role.namespace &&
        isOwnRole(each) &&
        !isCollected(each) &&
        rulesText(each) === rules,
    );
  if (!other) return [];
  const message = { en: `It has the same rules as ${other.name}.`, zh: `与 ${other.name} 的规则相同。` };
  return [failAt(message, role.locate(['metadata', 'name']), role.name)];
}

/** The rules in one order; empty where there are none. */
function rulesText(role: KubernetesObject): string {
  return rulesOf(role)
    .map(({ path: _path, ...lists }) =>
      JSON.stringify(Object.values(lists).map((list: readonly string[]) => list.toSorted())),
    )
    .toSorted()
    .join('\n');
}

function sameSubjects(binding: KubernetesObject): Verdict[] {
  const own = givenBy(binding);
  return subjectsOf(binding).flatMap((subject, index) => {
    const text = subjectText(subject);
    const other =
      own.indexOf(text) < index ? binding : earlierThan(binding).find((each) => givenBy(each).includes(text));
    if (!other) return [];
    const message = {
      en: `${other.kind} ${other.name} gives ${text} the same.`,
      zh: `${other.kind} ${other.name} 已授予 ${text} 相同的权限。`,
    };
    return [failAt(message, binding.locate([...subject.path, 'name']), text)];
  });
}

function givenBy(binding: KubernetesObject): string[] {
  return subjectsOf(binding).map(subjectText);
}

/** Bindings that give the same role as far as this one or further, and that come first. */
function earlierThan(binding: KubernetesObject): KubernetesObject[] {
  const role = roleOf(binding);
  const all = bindingsIn(binding.set).filter((each) => {
    const other = roleOf(each);
    return other.kind === role.kind && other.name === role.name && isOwnBinding(each);
  });
  const isFirst = (each: KubernetesObject) => all.indexOf(each) < all.indexOf(binding);
  return all.filter((each) => {
    if (each.kind !== binding.kind) return each.kind === 'ClusterRoleBinding';
    return each.name !== binding.name && each.namespace === binding.namespace && isFirst(each);
  });
}
