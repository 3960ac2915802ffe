import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { imagesIn, verdictsOnImages } from './pod-image.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesImageDigest = defineControl({
  id: 'kubernetes-image-digest',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Images are pinned to a digest', zh: '镜像固定到 digest' },
  why: {
    en: 'A tag can be moved to another image at any time. Only a digest says which bytes run, on every node and after every restart.',
    zh: 'tag 随时可能被改指向另一个镜像。只有 digest 能确定每个节点、每次重启后运行的是哪些内容。',
  },
  how: {
    en: 'The image of every container, and of every volume that is an image, ends with @ and a digest. A tag may stand beside it.',
    zh: '每个容器的镜像，以及每个镜像卷，都须以 @ 加 digest 结尾，可同时写有 tag。',
  },
  references: {
    nist800190: ['4.2.2'],
    aliases: ['k8s-image-digest', 'CKV_K8S_43', 'C-0306'],
    links: ['https://kubernetes.io/docs/concepts/containers/images/'],
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
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2@sha256:${'0a'.repeat(32)}
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    const breaches = imagesIn(object.pod)
      .filter(({ parsed }) => parsed && parsed.digest === undefined)
      .map(({ reference, path }) => ({
        path,
        value: reference,
        message: { en: `${reference} has no digest.`, zh: `${reference} 没有 digest。` },
      }));
    return verdictsOnImages(breaches, object, {
      en: 'Its images are pinned to digests.',
      zh: '其镜像均固定到 digest。',
    });
  },

  remedy() {
    return byHand({
      en: 'Append the digest that the registry gives for this tag, and let a program propose new ones as they are published.',
      zh: '附上镜像仓库为该 tag 给出的 digest，并让程序在新版本发布时提出更新。',
    });
  },
});
