import type { InlineIgnore } from '../../model/inline-ignore.ts';
import { objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { verbatim } from '../../model/text.ts';

/** Annotations of objects by which checkov and kube-linter are told to ignore something of the whole object. */
export function ignoreAnnotations(objects: readonly KubernetesObject[]): InlineIgnore[] {
  return objects.flatMap((object): InlineIgnore[] => {
    const annotations = Object.entries(objectIn(objectIn(object.value, 'metadata'), 'annotations'));
    const accepted = annotations.flatMap(([name, value]) => {
      const said = typeof value === 'string' ? acceptedBy(name, value) : undefined;
      return said ? [said] : [];
    });
    if (accepted.length === 0) return [];
    const { file = '', line: from = 1 } = object.locate([]);
    const to = lastLineOf(object, file, from);
    return accepted.map((each) => ({ ...each, file, from, to, line: from }));
  });
}

function acceptedBy(name: string, value: string): Pick<InlineIgnore, 'selectors' | 'reason' | 'notation'> | undefined {
  const skip = /^(?<id>\w+)(?:=(?<reason>.*))?$/s.exec(value)?.groups;
  if (name.startsWith('checkov.io/skip') && skip?.id !== undefined) {
    return { notation: 'checkov', selectors: [skip.id], reason: reasonOf('checkov', skip.reason ?? '') };
  }
  const check = /^ignore-check\.kube-linter\.io\/(?<check>[\w-]+)$/.exec(name)?.groups?.check;
  if (check === undefined) return undefined;
  return { notation: 'kube-linter', selectors: [`kube-linter:${check}`], reason: reasonOf('kube-linter', value) };
}

function reasonOf(tool: string, reason: string): InlineIgnore['reason'] {
  const trimmed = reason.trim();
  if (trimmed !== '') return verbatim(trimmed);
  return { en: `an annotation for ${tool} ignores it`, zh: `${tool} 的注解将其忽略` };
}

/** Up to where the next object of the same file begins. */
function lastLineOf(object: KubernetesObject, file: string, from: number): number {
  const starts = object.set.objects
    .map((each) => each.locate([]))
    .filter((place) => place.file === file && (place.line ?? 1) > from)
    .map(({ line = 1 }) => line);
  return Math.min(Number.MAX_SAFE_INTEGER, ...starts.map((line) => line - 1));
}
