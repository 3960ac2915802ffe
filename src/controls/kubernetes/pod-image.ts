import { objectIn, textIn } from '../../model/json.ts';
import type { KeyPath } from '../../model/json.ts';
import { type ParsedReference, parseImageReference } from '../../model/image-reference.ts';
import type { KubernetesObject, PodTemplate } from '../../model/kubernetes.ts';
import type { Text } from '../../model/text.ts';
import { unknown, type Verdict } from '../../model/verdict.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { volumesIn } from './pod-security-volume.ts';
import { wholeContainers } from './workload-pod.ts';
import { remembered } from '../../model/remembered.ts';

/** An image that a pod pulls, as written. */
export interface PodImage {
  readonly reference: string;
  /** Absent where it cannot be read: a variable that nobody replaced. */
  readonly parsed?: ParsedReference;
  /** From the object's root. */
  readonly path: KeyPath;
}

/** The images of every container, and of volumes that are images. */
export function imagesIn(pod: PodTemplate | undefined): readonly PodImage[] {
  return pod ? imagesOf(pod) : [];
}

const imagesOf = remembered((pod: PodTemplate): readonly PodImage[] => {
  const ofContainers = wholeContainers(pod).map(({ value, path }) =>
    imageOf(textIn(value, 'image'), [...path, 'image']),
  );
  const ofVolumes = volumesIn(pod)
    .filter(({ sources }) => sources.includes('image'))
    .map(({ value, path }) => imageOf(textIn(objectIn(value, 'image'), 'reference'), [...path, 'image', 'reference']));
  // What names no image gets it from someone else: a volume may, and so may a container that a webhook fills in.
  return [...ofContainers, ...ofVolumes].filter(({ reference }) => reference !== '');
});

function imageOf(reference: string | undefined, path: KeyPath): PodImage {
  const parsed = parseImageReference(reference ?? '');
  return { reference: reference ?? '', path, ...(parsed ? { parsed } : {}) };
}

/** The failures, else whether an image could not be read, else that all is well. */
export function verdictsOnImages(
  breaches: readonly Breach[],
  object: KubernetesObject,
  good: Text,
): Verdict | readonly Verdict[] {
  const unread = breaches.length > 0 ? undefined : imagesIn(object.pod).find(({ parsed }) => !parsed);
  if (!unread) return verdictsOn(breaches, object, good);
  const { source, path } = object.locate(unread.path);
  return unknown(
    {
      en: `${unread.reference} cannot be read as an image reference.`,
      zh: `${unread.reference} 无法解析为镜像引用。`,
    },
    { en: 'a reference whose variables are replaced', zh: '已替换变量的镜像引用' },
    { source, path, value: unread.reference },
  );
}
