import { defineControl } from '../../model/control.ts';
import { canonicalName } from '../../model/image-reference.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import type { Breach } from './pod-security-breach.ts';
import { imagesIn, verdictsOnImages } from './pod-image.ts';
import { holdsPod } from './workload-pod.ts';

/** All that was here is in registry.k8s.io, by the same names. */
const taken = /^k8s\.gcr\.io\//;
/** Everywhere that the project has published its images before. */
const frozen = /^(?:k8s\.gcr\.io|gcr\.io\/google[_-]containers|(?:(?:asia|eu|us)\.)?gcr\.io\/k8s-artifacts-prod)\//;

export const kubernetesDeprecatedRegistry = defineControl({
  id: 'kubernetes-deprecated-registry',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Images of the Kubernetes project come from registry.k8s.io',
    zh: 'Kubernetes 项目的镜像来自 registry.k8s.io',
  },
  why: {
    en: 'k8s.gcr.io and its forerunners have been frozen since 2023: nothing that was mended since is there, and they may be switched off.',
    zh: 'k8s.gcr.io 及其前身自 2023 年起已冻结：此后修复的镜像不会出现在那里，而且随时可能关停。',
  },
  how: {
    en: 'No image of a container, and of no volume, comes from k8s.gcr.io, gcr.io/google_containers, gcr.io/google-containers or gcr.io/k8s-artifacts-prod.',
    zh: '容器和卷的镜像均不得来自 k8s.gcr.io、gcr.io/google_containers、gcr.io/google-containers 或 gcr.io/k8s-artifacts-prod。',
  },
  references: {
    nist800190: ['4.2.2'],
    aliases: ['k8s-deprecated-registry', 'C-0253'],
    links: ['https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: pause
spec:
  containers:
    - name: pause
      image: k8s.gcr.io/pause:3.9
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: pause
spec:
  containers:
    - name: pause
      image: registry.k8s.io/pause:3.9
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOnImages(breachesIn(object.pod), object, {
      en: 'None of its images comes from a registry that is frozen.',
      zh: '其镜像均不来自已冻结的镜像仓库。',
    });
  },

  remedy({ pod }, _context, failure) {
    if (!isTaken(failure.evidence[0]?.value)) {
      return byHand({
        en: 'Look for the image in registry.k8s.io, in a version that is still maintained.',
        zh: '在 registry.k8s.io 中查找该镜像仍受维护的版本。',
      });
    }
    const fields = breachesIn(pod).flatMap(({ path, value }) =>
      typeof value === 'string' && isTaken(value) ? [{ path, value: value.replace(taken, 'registry.k8s.io/') }] : [],
    );
    return changeObject(fields, {
      en: 'Take the image from registry.k8s.io, which has it by the same name and tag.',
      zh: '改从 registry.k8s.io 拉取，镜像名和 tag 保持不变。',
    });
  },
});

function isTaken(reference: unknown): boolean {
  return typeof reference === 'string' && taken.test(reference);
}

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return imagesIn(pod)
    .filter(({ parsed }) => parsed && frozen.test(canonicalName(parsed)))
    .map(({ reference, path }) => ({
      path,
      value: reference,
      message: { en: `${reference} comes from a registry that is frozen.`, zh: `${reference} 来自已冻结的镜像仓库。` },
    }));
}
