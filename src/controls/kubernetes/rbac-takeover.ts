import type { Text } from '../../model/text.ts';
import { grantOf, isFullWildcard, type Permission } from './rbac-permission.ts';
import type { RoleRule } from './rbac-role.ts';

/** Something that leads from a pod's token to the whole cluster when it is allowed everywhere. */
interface Step {
  readonly permissions: readonly Permission[];
  readonly words: Text;
}

const core = [''];
const rbac = ['rbac.authorization.k8s.io'];
const writes = ['create', 'update', 'patch'];

export const everything: Text = { en: 'do everything', zh: '执行一切操作' };

const steps: readonly Step[] = [
  {
    permissions: [{ groups: core, resource: 'secrets', verbs: ['get', 'list', 'watch'] }],
    words: { en: 'read every Secret', zh: '读取所有 Secret' },
  },
  {
    permissions: [
      { groups: core, resource: 'pods', verbs: writes },
      ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => ({
        groups: ['apps'],
        resource,
        verbs: writes,
      })),
      ...['jobs', 'cronjobs'].map((resource) => ({ groups: ['batch'], resource, verbs: writes })),
    ],
    words: { en: 'start pods with any service account', zh: '以任意服务账号启动 Pod' },
  },
  {
    permissions: ['pods/exec', 'pods/attach'].map((resource) => ({ groups: core, resource, verbs: ['create'] })),
    words: { en: 'run commands in every container', zh: '在任意容器内执行命令' },
  },
  {
    permissions: [{ groups: core, resource: 'nodes/proxy', verbs: ['*'], evenNamed: true }],
    words: { en: 'command the kubelets', zh: '操控 kubelet' },
  },
  {
    permissions: [{ groups: core, resource: 'serviceaccounts/token', verbs: ['create'] }],
    words: { en: 'make tokens of any service account', zh: '签发任意服务账号的令牌' },
  },
  {
    permissions: ['users', 'groups', 'serviceaccounts'].map((resource) => ({
      groups: core,
      resource,
      verbs: ['impersonate'],
    })),
    words: { en: 'impersonate others', zh: '冒充他人' },
  },
  {
    permissions: ['roles', 'clusterroles'].map((resource) => ({
      groups: rbac,
      resource,
      verbs: ['bind', 'escalate'],
      evenNamed: ['cluster-admin', 'admin', 'edit'],
    })),
    words: { en: 'give itself any right', zh: '为自己授予任意权限' },
  },
  {
    permissions: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'].map((resource) => ({
      groups: ['admissionregistration.k8s.io'],
      resource,
      verbs: writes,
    })),
    words: { en: 'change every object on its way in', zh: '篡改所有提交的对象' },
  },
];

/** What rules that hold everywhere lead to. */
export function takeoversIn(rules: readonly RoleRule[]): Text[] {
  const isAll = rules.some(
    (rule) => isFullWildcard(rule) && rule.apiGroups.some((group) => group === '*' || group === ''),
  );
  if (isAll) return [everything];
  return steps
    .filter(({ permissions }) => rules.some((rule) => grantOf(rule, permissions) !== undefined))
    .map(({ words }) => words);
}

/** What roles that come with the cluster lead to, where they are given everywhere. */
export function takeoversOfBuiltIn(name: string): Text[] {
  if (name === 'cluster-admin') return [everything];
  return name === 'admin' || name === 'edit' ? takeoversIn([editing]) : [];
}

/** What `edit` and `admin` have of what matters here. */
const editing: RoleRule = {
  path: [],
  verbs: ['get', 'create'],
  apiGroups: [''],
  resources: ['pods', 'pods/exec', 'secrets', 'serviceaccounts/token'],
  resourceNames: [],
  nonResourceUrls: [],
};
