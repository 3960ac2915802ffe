import type { ComposeProject } from '../src/model/compose-project.ts';
import type { Control, ParameterDefinitions, Subjects, WrittenKind } from '../src/model/control.ts';
import type { Dockerfile } from '../src/model/dockerfile.ts';
import type { KubernetesObject } from '../src/model/kubernetes.ts';
import type { Remedy } from '../src/model/remedy.ts';
import type { Verdict } from '../src/model/verdict.ts';
import { readManifests } from '../src/sources/files/kubernetes/objects.ts';
import { writtenFile } from '../src/sources/files/written-file.ts';
import { readComposeText } from '../src/sources/files/compose/project.ts';
import { readDockerfile } from '../src/sources/files/dockerfile/dockerfile.ts';
import { type Circumstances, contextOf } from './subjects.ts';

/** A Dockerfile from its text. */
export function dockerfile(text: string, target?: string): Dockerfile {
  return readDockerfile(writtenFile('Dockerfile', text), target === undefined ? {} : { target });
}

/** A Compose project of one file, without anything around it. */
export function composeProject(text: string): ComposeProject {
  return readComposeText(writtenFile('compose.yaml', text));
}

/** Every object of a text of manifests, read together. */
export function objects(text: string): readonly KubernetesObject[] {
  return readManifests([writtenFile('manifests.yaml', text)]).set.objects;
}

/** The first object of a text. */
export function object(text: string): KubernetesObject {
  const [first] = objects(text);
  if (!first) throw new Error('no object in the text');
  return first;
}

/** What a control says of a text, one verdict or several, as a list. */
export function judgeText<K extends WrittenKind, P extends ParameterDefinitions>(
  control: Control<K, P>,
  subject: Subjects[K],
  circumstances: Circumstances<P> = {},
): readonly Verdict[] {
  return [control.judge(subject, contextOf(control, { machine: undefined, ...circumstances }))].flat();
}

/** The lines at which a control finds a text broken. */
export function failingLines<K extends WrittenKind, P extends ParameterDefinitions>(
  control: Control<K, P>,
  subject: Subjects[K],
  circumstances: Circumstances<P> = {},
): (number | undefined)[] {
  return judgeText(control, subject, circumstances)
    .filter(({ status }) => status === 'fail')
    .map(({ location }) => location?.line);
}

/** The remedy of every place at which a control finds a text broken. */
export function remediesOf<K extends WrittenKind, P extends ParameterDefinitions>(
  control: Control<K, P>,
  subject: Subjects[K],
  circumstances: Circumstances<P> = {},
): Remedy[] {
  const context = contextOf(control, { machine: undefined, ...circumstances });
  return judgeText(control, subject, circumstances)
    .filter(({ status }) => status === 'fail')
    .map((failure) => (control as Control).remedy(subject, context as never, failure));
}
