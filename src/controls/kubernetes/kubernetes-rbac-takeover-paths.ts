import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { accountOf, bindingsOfPod, getsToken } from './pod-account.ts';
import { roleOf } from './rbac-binding.ts';
import { rulesGivenBy } from './rbac-group.ts';
import { everything, takeoversIn, takeoversOfBuiltIn } from './rbac-takeover.ts';

export const kubernetesRbacTakeoverPaths = defineControl({
  id: 'kubernetes-rbac-takeover-paths',
  subject: 'kubernetes-object',
  severity: {
    usual: 'high',
    note: {
      en: 'Critical where the service account may do everything in the cluster.',
      zh: '服务账号可在集群中执行一切操作时为严重。',
    },
    of: (object) => (pathsFrom(object).some(({ leads }) => leads.includes(everything)) ? 'critical' : 'high'),
  },
  title: { en: 'No pod holds a token that leads to the whole cluster', zh: '任何 Pod 都不持有可通向整个集群的令牌' },
  why: {
    en: "Whoever breaks into a program finds its service account's token in the container, and may do all that is allowed to the account. A few rights are enough to get all others from there.",
    zh: '攻陷程序的人会在容器中找到其服务账号的令牌，并能做该账号可做的一切。只需少数几种权限，就能由此获得其余全部权限。',
  },
  how: {
    en: 'Follows the bindings that were read together with the workload from its service account to roles, aggregated ones included, and looks for rights that hold in every namespace or in kube-system and lead further: reading Secrets, starting pods, running commands, nodes/proxy, tokens, impersonation, binding, webhooks. Workloads without a token pass.',
    zh: '沿着与工作负载一同读取的绑定，从其服务账号追踪到角色（含聚合角色），查找在所有命名空间或 kube-system 中生效且可进一步扩权的权限：读取 Secret、启动 Pod、执行命令、nodes/proxy、签发令牌、冒充、绑定、Webhook。未挂载令牌的工作负载予以通过。',
  },
  references: {
    cisKubernetes: ['5.1.1'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-takeover-paths', 'C-0267', 'C-0255', 'C-0257', 'C-0258', 'C-0259', 'C-0020', 'C-0053'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: { bad: sample('[get, list, create]'), good: sample('[get, list]') },
  appliesTo: (object) => bindingsOfPod(object).length > 0,

  judge(object) {
    const paths = pathsFrom(object);
    const account = object.pod && accountOf(object.pod);
    if (!account || paths.length === 0) {
      return pass({
        en: 'What its service account may do leads no further.',
        zh: '其服务账号的权限无法进一步扩展。',
      });
    }
    if (!getsToken(object)) {
      return pass({
        en: 'Its service account may do much, but its token is not mounted.',
        zh: '其服务账号权限很大，但未挂载令牌。',
      });
    }
    const message = {
      en: `Its service account ${account.name} may ${paths.map(({ by, leads }) => `${leads.map(({ en }) => en).join(', ')} (${by})`).join('; ')}.`,
      zh: `其服务账号 ${account.name} 可${paths.map(({ by, leads }) => `${leads.map(({ zh }) => zh).join('、')}（${by}）`).join('；')}。`,
    };
    return failAt(
      message,
      object.locate(account.path),
      paths.map(({ by }) => by),
    );
  },

  remedy() {
    return byHand({
      en: 'Give the account a Role in the namespaces that it works in, with single resourceNames where it can be; or set automountServiceAccountToken: false where the program does not use the API.',
      zh: '在其工作的命名空间内授予 Role，尽可能用 resourceNames 点名；若程序不使用 API，则设 automountServiceAccountToken: false。',
    });
  },
});

interface Path {
  /** The binding, as people name it. */
  readonly by: string;
  readonly leads: readonly Text[];
}

function pathsFrom(object: KubernetesObject): Path[] {
  return bindingsOfPod(object)
    .filter(({ kind, namespace }) => kind === 'ClusterRoleBinding' || namespace === 'kube-system')
    .map((binding) => ({ by: `${binding.kind} ${binding.name}`, leads: leadsOf(binding) }))
    .filter(({ leads }) => leads.length > 0);
}

function leadsOf(binding: KubernetesObject): Text[] {
  const rules = rulesGivenBy(binding);
  if (rules) return takeoversIn(rules);
  const { kind, name } = roleOf(binding);
  return kind === 'ClusterRole' ? takeoversOfBuiltIn(name) : [];
}

function sample(verbs: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: operator
  namespace: shop
spec:
  selector: { matchLabels: { app: operator } }
  template:
    metadata:
      labels: { app: operator }
    spec:
      serviceAccountName: operator
      containers:
        - name: operator
          image: registry.example/shop/operator:1.4.2
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: ${verbs}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-operator
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: shop-operator
subjects:
  - kind: ServiceAccount
    name: operator
    namespace: shop
`;
}
