import { defineControl } from '../../model/control.ts';
import { isObject, type JsonObject, listIn, objectIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsWholePod } from './whole-pod.ts';

export const kubernetesDnsconfig = defineControl({
  id: 'kubernetes-dnsconfig',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Pods choose how they resolve names', zh: 'Pod 明确设定域名解析方式' },
  why: {
    en: 'Under the default of five dots every name of the outside world is first looked up in each domain of the cluster. That multiplies the load of its name servers.',
    zh: '默认 ndots 为 5，每个外部域名都会先在集群的各个域中查询一遍，成倍增加域名服务器的负载。',
  },
  how: {
    en: 'dnsConfig.options of the pod sets the option, to any value. Pods whose dnsPolicy is Default or that use the network of the node with ClusterFirst have no such default, and pass.',
    zh: 'Pod 的 dnsConfig.options 设置了该选项，值不限。dnsPolicy 为 Default 的 Pod，以及以 ClusterFirst 使用节点网络的 Pod 不受该默认值影响，判为通过。',
  },
  references: {
    aliases: ['k8s-dnsconfig', 'kube-linter:dnsconfig-options'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/'],
  },
  parameters: {
    option: {
      default: 'ndots',
      description: { en: 'The resolver option that every pod sets.', zh: '每个 Pod 都须设置的解析选项。' },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  dnsConfig:
    options:
      - name: ndots
        value: '2'
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsWholePod,

  judge(object, { parameters: { option } }) {
    const { path = [], spec = {} } = object.pod ?? {};
    const isSet = listIn(objectIn(spec, 'dnsConfig'), 'options').some((each) => isObject(each) && each.name === option);
    const breach = {
      path: [...path, 'spec', 'dnsConfig'],
      value: undefined,
      message: { en: `It does not set the option ${option}.`, zh: `未设置选项 ${option}。` },
    };
    return verdictsOn(isSet || asksTheNode(spec) ? [] : [breach], object, {
      en: 'It chooses how names are resolved.',
      zh: '它已明确域名解析方式。',
    });
  },

  remedy(_object, { parameters: { option } }) {
    return byHand({
      en: `Set ${option} in dnsConfig.options; 2 for ndots suits programs that call their neighbours by name and namespace at most.`,
      zh: `在 dnsConfig.options 中设置 ${option}；若程序至多以“名称.命名空间”调用其他服务，ndots 可设为 2。`,
    });
  },
});

/** Whether names are resolved as the node does it. */
function asksTheNode({ dnsPolicy, hostNetwork }: JsonObject): boolean {
  return dnsPolicy === 'Default' || (hostNetwork === true && (dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst');
}
