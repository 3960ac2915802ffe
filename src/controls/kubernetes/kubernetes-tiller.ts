import { defineControl } from '../../model/control.ts';
import { objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { imagesIn } from './pod-image.ts';

export const kubernetesTiller = defineControl({
  id: 'kubernetes-tiller',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Tiller, the server of Helm 2, does not run', zh: '不运行 Helm 2 的服务端 Tiller' },
  why: {
    en: 'Tiller installs whatever it is asked to, mostly with all rights in the cluster, and answers everybody who reaches its port. Helm 3 does without it, and Helm 2 gets no security fixes.',
    zh: 'Tiller 会安装任何被要求安装的内容，通常拥有整个集群的权限，且对所有能访问其端口者有求必应。Helm 3 不再需要它，Helm 2 也不再有安全修复。',
  },
  how: {
    en: 'No pod has an image called tiller or the label name: tiller, and no Service is called tiller-deploy or selects that label.',
    zh: '没有 Pod 使用名为 tiller 的镜像或带有标签 name: tiller，也没有 Service 名为 tiller-deploy 或选择该标签。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-tiller', 'KSV-0102', 'CKV_K8S_34', 'CKV_K8S_44', 'CKV_K8S_45'],
    links: ['https://helm.sh/docs/topics/v2_v3_migration/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: tiller-deploy
spec:
  selector:
    app: helm
    name: tiller
  ports:
    - port: 44134
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
  },
  appliesTo: (object) => object.pod !== undefined || isService(object),

  judge(object) {
    return verdictsOn(object.pod ? breachesOfPod(object) : breachesOfService(object), object, {
      en: 'It is not a part of Tiller.',
      zh: '它不属于 Tiller。',
    });
  },

  remedy() {
    return byHand({ en: 'Move to Helm 3, and delete Tiller.', zh: '迁移到 Helm 3，并删除 Tiller。' }, [
      'kubectl delete deployment,service,secret --namespace kube-system --selector name=tiller',
    ]);
  },
});

function breachesOfPod({ pod }: KubernetesObject): Breach[] {
  const images = imagesIn(pod)
    .filter(({ parsed }) => /(?:^|\/)tiller$/.test(parsed?.repository ?? ''))
    .map(({ path, reference }) => ({
      path,
      value: reference,
      message: { en: 'This image is Tiller.', zh: '该镜像即 Tiller。' },
    }));
  if (images.length > 0 || !pod || objectIn(pod.metadata, 'labels').name !== 'tiller') return images;
  const message = { en: 'Its label says that it is Tiller.', zh: '其标签表明它是 Tiller。' };
  return [{ path: [...pod.path, 'metadata', 'labels', 'name'], value: 'tiller', message }];
}

function breachesOfService({ name, value }: KubernetesObject): Breach[] {
  if (textIn(objectIn(objectIn(value, 'spec'), 'selector'), 'name') === 'tiller') {
    const message = { en: 'It leads to Tiller.', zh: '它指向 Tiller。' };
    return [{ path: ['spec', 'selector', 'name'], value: 'tiller', message }];
  }
  if (name !== 'tiller-deploy') return [];
  return [{ path: ['metadata', 'name'], value: name, message: { en: 'It leads to Tiller.', zh: '它指向 Tiller。' } }];
}

function isService({ group, kind }: KubernetesObject): boolean {
  return group === '' && kind === 'Service';
}
