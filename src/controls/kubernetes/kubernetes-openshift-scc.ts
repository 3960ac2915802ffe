import { defineControl } from '../../model/control.ts';
import { changeObject } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';

export const kubernetesOpenshiftScc = defineControl({
  id: 'kubernetes-openshift-scc',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'Security context constraints of OpenShift allow no privileged containers',
    zh: 'OpenShift 的 SecurityContextConstraints 不允许特权容器',
  },
  why: {
    en: 'Every pod of every account that may use the constraint can then be privileged, and take over its node.',
    zh: '凡可使用该约束的账号，其所有 Pod 都可以成为特权 Pod 并控制所在节点。',
  },
  how: {
    en: 'Fails where allowPrivilegedContainer of a SecurityContextConstraints object is true. The one called privileged, which comes with OpenShift, is left alone.',
    zh: 'SecurityContextConstraints 的 allowPrivilegedContainer 为 true 时未通过。OpenShift 自带的 privileged 不受限制。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-openshift-scc', 'kube-linter:scc-deny-privileged-container'],
    links: ['https://docs.okd.io/latest/authentication/managing-security-context-constraints.html'],
  },
  counterexample: {
    bad: `apiVersion: security.openshift.io/v1
kind: SecurityContextConstraints
metadata:
  name: shop
allowPrivilegedContainer: true
`,
    good: `apiVersion: security.openshift.io/v1
kind: SecurityContextConstraints
metadata:
  name: shop
allowPrivilegedContainer: false
`,
  },
  appliesTo: ({ kind, group, name }) =>
    kind === 'SecurityContextConstraints' &&
    (group === 'security.openshift.io' || group === '') &&
    name !== 'privileged',

  judge(constraints) {
    if (constraints.value.allowPrivilegedContainer !== true) {
      return pass({ en: 'It allows no privileged containers.', zh: '不允许特权容器。' });
    }
    const message = { en: 'It allows privileged containers.', zh: '允许特权容器。' };
    return failAt(message, constraints.locate(['allowPrivilegedContainer']), true);
  },

  remedy() {
    return changeObject([{ path: ['allowPrivilegedContainer'], value: false }], {
      en: 'Forbid privileged containers; allow the single capability or volume that is needed instead.',
      zh: '禁止特权容器，只放行真正需要的 capability 或卷类型。',
    });
  },
});
