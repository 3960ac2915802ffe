import { defineControl } from '../../model/control.ts';
import { isObject, listIn, objectIn, textIn } from '../../model/json.ts';
import { type KubernetesObject, podContainers } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { imagesIn } from './pod-image.ts';

/** Its images of all versions, without the collector of metrics, which shows nothing. */
const repository = /(?:^|\/)(?:kubernetesui\/dashboard(?:-(?:api|auth|web))?|kubernetes-dashboard(?:-[a-z0-9]+)?)$/;

export const kubernetesDashboard = defineControl({
  id: 'kubernetes-dashboard',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'The Kubernetes dashboard is not to be reached from outside, nor without a login',
    zh: 'Kubernetes Dashboard 不能从外部访问，也不能免登录使用',
  },
  why: {
    en: 'The dashboard does with the cluster whatever its account may. Clusters have been taken over through one that anybody could open.',
    zh: 'Dashboard 能以其账户的全部权限操作集群。已有集群因任何人都能打开的 Dashboard 而被接管。',
  },
  how: {
    en: 'Its pods do not skip the login and have no port or network of the node. Its Services are not of the type NodePort or LoadBalancer, and no Ingress leads to them. It is known by its image, by the labels that its manifests bring, and by the name of its Services.',
    zh: '其 Pod 未跳过登录，也不使用节点的端口或网络；其 Service 类型不是 NodePort 或 LoadBalancer，且没有 Ingress 指向它们。依据镜像、其清单自带的标签以及 Service 名称识别。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-dashboard', 'C-0014', 'CKV_K8S_33'],
    links: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: kubernetes-dashboard
spec:
  type: NodePort
  selector:
    k8s-app: kubernetes-dashboard
  ports:
    - port: 443
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: kubernetes-dashboard
spec:
  type: ClusterIP
  selector:
    k8s-app: kubernetes-dashboard
  ports:
    - port: 443
`,
  },
  appliesTo: (object) => isDashboardPod(object) || isDashboardService(object) || backendsIn(object).length > 0,

  judge(object) {
    return verdictsOn(breachesIn(object), object, {
      en: 'It does not open the dashboard to anybody outside.',
      zh: '它未对外开放 Dashboard。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Delete the dashboard, or reach it through the API server alone.',
        zh: '删除 Dashboard，或仅通过 API server 访问。',
      },
      ['kubectl --namespace kubernetes-dashboard port-forward service/kubernetes-dashboard 8443:443'],
    );
  },
});

function breachesIn(object: KubernetesObject): Breach[] {
  if (object.pod) return breachesOfPod(object);
  if (object.kind !== 'Service') return backendsIn(object);
  const type = textIn(object.value.spec, 'type');
  if (type !== 'NodePort' && type !== 'LoadBalancer') return [];
  const message = {
    en: `Its type ${type} opens the dashboard to the outside.`,
    zh: `类型 ${type} 将 Dashboard 开放给外部。`,
  };
  return [{ path: ['spec', 'type'], value: type, message }];
}

function breachesOfPod({ pod }: KubernetesObject): Breach[] {
  if (!pod) return [];
  const network: Breach[] =
    pod.spec.hostNetwork === true
      ? [
          {
            path: [...pod.path, 'spec', 'hostNetwork'],
            value: true,
            message: { en: 'It listens on the addresses of the node.', zh: '它监听节点的地址。' },
          },
        ]
      : [];
  const ofContainers = podContainers(pod).flatMap(({ value, path }): Breach[] => [
    ...['command', 'args'].flatMap((list) =>
      listIn(value, list).flatMap((word, index): Breach[] =>
        typeof word === 'string' && /^--enable-skip-login(?:=true)?$/.test(word)
          ? [
              {
                path: [...path, list, index],
                value: word,
                message: { en: 'The login can be skipped.', zh: '可以跳过登录。' },
              },
            ]
          : [],
      ),
    ),
    ...listIn(value, 'ports').flatMap((port, index): Breach[] =>
      isObject(port) && (port.hostPort ?? 0) !== 0
        ? [
            {
              path: [...path, 'ports', index, 'hostPort'],
              value: port.hostPort,
              message: { en: 'It takes a port of the node.', zh: '它占用节点的端口。' },
            },
          ]
        : [],
    ),
  ]);
  return [...network, ...ofContainers];
}

function isDashboardPod({ pod }: KubernetesObject): boolean {
  return imagesIn(pod).some(({ parsed }) => repository.test(parsed?.repository ?? ''));
}

function isDashboardService({ group, kind, name, value }: KubernetesObject): boolean {
  if (group !== '' || kind !== 'Service') return false;
  const selector = objectIn(objectIn(value, 'spec'), 'selector');
  return isDashboardName(name) || selector['k8s-app'] === 'kubernetes-dashboard';
}

/** The old one, and those that its charts make. */
function isDashboardName(name: string | undefined): boolean {
  return /^kubernetes-dashboard(?:-(?:kong-proxy|web|api|auth))?$/.test(name ?? '');
}

/** The backends of an Ingress that lead to the dashboard. */
function backendsIn({ kind, value }: KubernetesObject): Breach[] {
  if (kind !== 'Ingress') return [];
  return listIn(value.spec, 'rules').flatMap((rule, ruleIndex) =>
    listIn(objectIn(rule, 'http'), 'paths').flatMap((entry, index): Breach[] => {
      const backend = objectIn(entry, 'backend');
      const name = textIn(objectIn(backend, 'service'), 'name') ?? textIn(backend, 'serviceName');
      if (!isDashboardName(name)) return [];
      const message = { en: 'It leads from outside to the dashboard.', zh: '它从外部通往 Dashboard。' };
      return [{ path: ['spec', 'rules', ruleIndex, 'http', 'paths', index, 'backend'], value: name, message }];
    }),
  );
}
