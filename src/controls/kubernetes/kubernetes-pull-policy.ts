import { defineControl } from '../../model/control.ts';
import { textIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { parseImageReference } from '../../model/image-reference.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsPod, wholeContainers } from './workload-pod.ts';

export const kubernetesPullPolicy = defineControl({
  id: 'kubernetes-pull-policy',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Images whose tag moves are pulled at every start', zh: 'tag 会变动的镜像在每次启动时重新拉取' },
  why: {
    en: 'With IfNotPresent or Never a node keeps what it once pulled. Under a tag that moves, nodes then run different images by the same name, and a mended one never arrives.',
    zh: '使用 IfNotPresent 或 Never 时，节点会一直使用曾经拉取的内容。若 tag 会变动，各节点就会以同一名称运行不同的镜像，而修复后的镜像永远不会生效。',
  },
  how: {
    en: 'For every image without a digest whose tag is missing or one of the moving ones, imagePullPolicy in force is Always. Where none is written, it is Always for latest and for no tag at all, and IfNotPresent for any other.',
    zh: '凡未带 digest 且 tag 缺失或属于会变动的 tag 的镜像，实际生效的 imagePullPolicy 须为 Always。未写明时，latest 及无 tag 的镜像默认为 Always，其余默认为 IfNotPresent。',
  },
  references: {
    cisKubernetes: ['1.2.11'],
    nist800190: ['4.2.2'],
    aliases: ['k8s-pull-policy', 'CKV_K8S_15', 'C-0075'],
    links: ['https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy'],
  },
  parameters: {
    movingTags: {
      default: ['latest', 'dev', 'develop', 'edge', 'main', 'master', 'nightly', 'snapshot', 'stable'],
      description: { en: 'Tags that are moved to newer images.', zh: '会改指向新镜像的 tag。' },
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
      image: registry.example/shop/web:main
      imagePullPolicy: IfNotPresent
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:main
      imagePullPolicy: Always
`,
  },
  appliesTo: holdsPod,

  judge(object, { parameters: { movingTags } }) {
    return verdictsOn(breachesIn(object.pod, movingTags), object, {
      en: 'No image of a moving tag is kept on its nodes.',
      zh: 'tag 会变动的镜像都不会滞留在节点上。',
    });
  },

  remedy({ pod }, { parameters: { movingTags } }, failure) {
    if (failure.evidence[0]?.value === 'Never') {
      return byHand({
        en: 'Give the image a tag of its own for every build. Never is right only for images that are put on every node by other means.',
        zh: '为每次构建使用独立的 tag。只有以其他方式预置到每个节点的镜像才适合用 Never。',
      });
    }
    const fields = breachesIn(pod, movingTags)
      .filter(({ value }) => value !== 'Never')
      .map(({ path }) => ({ path, value: 'Always' }));
    return changeObject(fields, {
      en: 'Pull at every start, or better name the image by a version or a digest.',
      zh: '每次启动时拉取镜像；更好的做法是以版本或 digest 引用镜像。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined, movingTags: readonly string[]): Breach[] {
  return wholeContainers(pod).flatMap((entry): Breach[] => {
    const parsed = parseImageReference(textIn(entry.value, 'image') ?? '');
    const { tag = 'latest', digest } = parsed ?? {};
    if (!parsed || digest !== undefined || !(parsed.tag === undefined || movingTags.includes(tag))) return [];
    const written = textIn(entry.value, 'imagePullPolicy');
    const policy = written ?? (tag === 'latest' ? 'Always' : 'IfNotPresent');
    if (policy !== 'IfNotPresent' && policy !== 'Never') return [];
    const words = containerWords(entry);
    return [
      {
        path: [...entry.path, 'imagePullPolicy'],
        value: policy,
        message: {
          en: `${words.en} keeps an image by the moving tag ${tag} (${policy}).`,
          zh: `${words.zh} 会沿用 tag ${tag} 的旧镜像（${policy}），而该 tag 会变动。`,
        },
      },
    ];
  });
}
