import type { Subject } from '../../../model/control.ts';
import { type KubernetesObject, podContainers } from '../../../model/kubernetes.ts';
import type { FileProblem, Reading, WrittenFile } from '../written-file.ts';
import { containerFromPod, isForWindows } from './container.ts';
import { isKustomization, readManifests } from './objects.ts';

/** Every object of these files, and every container that they would start. */
export function kubernetesReading(files: readonly WrittenFile[]): Reading {
  const { set, problems } = readManifests(files);
  const subjects: Subject[] = [];
  const notices: FileProblem[] = [];
  const uniqueId = namer();
  for (const object of set.objects) {
    if (isKustomization(object)) continue;
    const file = object.origin?.file ?? '';
    const { kind, namespace } = object;
    const name = nameOf(object);
    const whole = [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
    subjects.push({
      kind: 'kubernetes-object',
      id: uniqueId(`kubernetes-object/${file}:${whole}`),
      file,
      value: object,
    });
    for (const value of containersOf(object, notices)) {
      const id = uniqueId(`container/${file}:${kind}/${name}/${value.name || 'unnamed'}`);
      subjects.push({ kind: 'container', id, file, value });
    }
  }
  return { subjects, problems: [...problems, ...notices] };
}

/** The containers that can be judged; why others cannot, goes to the notices. */
function containersOf(object: KubernetesObject, notices: FileProblem[]) {
  const entries = object.pod ? podContainers(object.pod) : [];
  if (entries.length > 0 && isForWindows(object)) {
    notices.push(
      noticeAt(object, {
        reason: {
          en: 'its containers run on Windows, and were not judged: only the object itself was',
          zh: '其容器运行在 Windows 上，未作判断；仅判断了对象本身',
        },
        need: {
          en: 'nothing; the controls of containers are about Linux',
          zh: '无需处理；容器类控制项仅针对 Linux',
        },
      }),
    );
    return [];
  }
  // The API demands an image of every container: what has none is laid over another manifest first.
  const whole = entries.filter(({ value }) => Object.hasOwn(value, 'image'));
  if (whole.length < entries.length) {
    notices.push(
      noticeAt(object, {
        reason: {
          en: 'containers without an image were not judged: they look like a patch',
          zh: '没有 image 的容器未作判断：它们像是补丁',
        },
        need: {
          en: 'build it first: kustomize build … | plimsoll check -',
          zh: '请先构建：kustomize build … | plimsoll check -',
        },
      }),
    );
  }
  return whole.map((entry) => containerFromPod(object, entry));
}

function noticeAt(object: KubernetesObject, words: Pick<FileProblem, 'reason' | 'need'>): FileProblem {
  const { file = '', line, column } = object.locate([]);
  return {
    file,
    kind: 'notice',
    ...words,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function nameOf({ name, value }: KubernetesObject): string {
  if (name !== '') return name;
  const { metadata } = value;
  const generated = typeof metadata === 'object' && metadata !== null && 'generateName' in metadata;
  return generated && typeof metadata.generateName === 'string' ? metadata.generateName : 'unnamed';
}

/** The same id is given out only once: the second gets `#2`. */
function namer(): (id: string) => string {
  const seen = new Map<string, number>();
  return (id) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}#${count}`;
  };
}
