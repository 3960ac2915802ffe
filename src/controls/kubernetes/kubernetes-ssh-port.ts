import { defineControl } from '../../model/control.ts';
import { isObject, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';

const sshPort = 22;

export const kubernetesSshPort = defineControl({
  id: 'kubernetes-ssh-port',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'No Service leads to an SSH server', zh: 'Service 不指向 SSH 服务' },
  why: {
    en: "An SSH server in a pod is one more way in, with keys and passwords of its own, and its sessions pass by the cluster's access control and audit log.",
    zh: 'Pod 内的 SSH 服务多开了一个入口，自带密钥和口令，其会话也绕过了集群的访问控制与审计日志。',
  },
  how: {
    en: 'No TCP port of a Service is 22 or leads to port 22. Containers that start an SSH server or declare its port are found by container-no-sshd. A Git server may have good reason to offer SSH: accept it there by name.',
    zh: 'Service 的任何 TCP 端口都不是 22，也不指向 22 端口。启动 SSH 服务或声明其端口的容器由 container-no-sshd 判断。Git 服务器提供 SSH 可能有正当理由，可对其单独豁免。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-ssh-port', 'C-0042', 'kube-linter:ssh-port'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: ssh, port: 2222, targetPort: 22 }
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
`,
  },
  appliesTo: ({ group, kind, value }) =>
    group === '' && kind === 'Service' && objectIn(value, 'spec').type !== 'ExternalName',

  judge(object) {
    return verdictsOn(breachesIn(object), object, { en: 'None of its ports is 22.', zh: '其端口均不是 22。' });
  },

  remedy() {
    return byHand({
      en: 'Take the port away, and the server out of the image; use kubectl exec or kubectl debug for what it was there for.',
      zh: '去掉该端口，并从镜像中移除 SSH 服务；改用 kubectl exec 或 kubectl debug。',
    });
  },
});

function breachesIn({ value }: KubernetesObject): Breach[] {
  return listIn(objectIn(value, 'spec'), 'ports').flatMap((port, index): Breach[] => {
    if (!isObject(port) || (port.protocol ?? 'TCP') !== 'TCP') return [];
    const key = port.targetPort === sshPort ? 'targetPort' : port.port === sshPort ? 'port' : undefined;
    if (key === undefined) return [];
    const message =
      key === 'port'
        ? { en: 'The Service offers port 22.', zh: 'Service 开放了 22 端口。' }
        : { en: 'The Service leads to port 22 of its pods.', zh: 'Service 指向其 Pod 的 22 端口。' };
    return [{ path: ['spec', 'ports', index, key], value: sshPort, message }];
  });
}
