import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { pass } from '../../model/verdict.ts';
import { type BoundSubject, isOwnBinding, roleOf } from './rbac-binding.ts';
import { isHarmlessRole, readsOnlyUrls, rulesGivenBy, subjectVerdicts } from './rbac-group.ts';

export const kubernetesRbacAnonymous = defineControl({
  id: 'kubernetes-rbac-anonymous',
  subject: 'kubernetes-object',
  severity: 'critical',
  title: { en: 'No role is given to those who have not logged in', zh: '不得向未登录者授予角色' },
  why: {
    en: 'system:anonymous and system:unauthenticated are everybody who can reach the API server, without a password or certificate.',
    zh: 'system:anonymous 与 system:unauthenticated 指所有能访问 API 服务器的人，无需口令或证书。',
  },
  how: {
    en: 'Looks for bindings with the user system:anonymous or the group system:unauthenticated. Roles that only show the version, health and the list of APIs are left alone, and so is the one by which kubeadm lets nodes join.',
    zh: '查找主体为用户 system:anonymous 或用户组 system:unauthenticated 的绑定。只展示版本、健康状态与 API 列表的角色不受限制，kubeadm 用于节点加入的角色亦然。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-anonymous', 'k8s-rbac-specific-subjects', 'KSV-0122', 'C-0262'],
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
    name: system:unauthenticated
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
  appliesTo: isOwnBinding,

  judge(binding) {
    if (isForEverybody(binding)) {
      return pass({
        en: 'Its role only shows what everybody may know.',
        zh: '其角色仅展示可公开的信息。',
      });
    }
    return subjectVerdicts(binding, isAnonymous, {
      en: 'It gives nothing to those who have not logged in.',
      zh: '未向未登录者授予权限。',
    });
  },

  remedy() {
    return byHand({
      en: 'Name the user, group or service account that needs the role, and delete this subject.',
      zh: '写明需要该角色的用户、用户组或服务账号，并删除此主体。',
    });
  },
});

function isAnonymous({ kind, name }: BoundSubject): boolean {
  return (kind === 'User' && name === 'system:anonymous') || (kind === 'Group' && name === 'system:unauthenticated');
}

function isForEverybody(binding: KubernetesObject): boolean {
  const { name } = roleOf(binding);
  if (isHarmlessRole(name)) return true;
  if (name === 'kubeadm:bootstrap-signer-clusterinfo' && binding.namespace === 'kube-public') return true;
  const rules = rulesGivenBy(binding);
  return rules !== undefined && rules.every(readsOnlyUrls);
}
