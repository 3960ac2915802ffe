import { failingLines, objects, remediesOf } from '../../../test/written.ts';
import type { Circumstances } from '../../../test/subjects.ts';
import { type Control, isAskedOf, type ParameterDefinitions } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Remedy } from '../../model/remedy.ts';

type ObjectControl<P extends ParameterDefinitions> = Control<'kubernetes-object', P>;

/** A container that is written out. */
export const image = 'containers: [{name: web, image: "registry.example/shop/web:1.4.2"}]';

/** A document on one line, in YAML's flow form, in the namespace `shop`. */
export function written(apiVersion: string, kind: string, name: string, rest = '', metadata = ''): string {
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}, namespace: shop${metadata && `, ${metadata}`}}${rest && `, ${rest}`}}`;
}

/** A Deployment of pods with these labels. */
export function deployment(name: string, labels: string, spec = '', podSpec = image): string {
  const rest = `spec: {${spec && `${spec}, `}template: {metadata: {labels: {${labels}}}, spec: {${podSpec}}}}`;
  return written('apps/v1', 'Deployment', name, rest);
}

/** Documents that are read together, one after the other on the lines 1, 3, 5 … if they have one each. */
export function together(...documents: string[]): readonly KubernetesObject[] {
  return objects(documents.join('\n---\n'));
}

function asked<P extends ParameterDefinitions>(control: ObjectControl<P>, documents: string[]) {
  return together(...documents).filter((value) =>
    isAskedOf(control as unknown as Control, { kind: 'kubernetes-object', id: value.name, value }),
  );
}

/** The lines at which a control finds documents broken that are read together. */
export function linesOf<P extends ParameterDefinitions>(
  control: ObjectControl<P>,
  documents: string[],
  circumstances: Circumstances<P> = {},
): (number | undefined)[] {
  return asked(control, documents).flatMap((each) => failingLines(control, each, circumstances));
}

/** The remedies of all of them. */
export function remediesFor<P extends ParameterDefinitions>(
  control: ObjectControl<P>,
  documents: string[],
  circumstances: Circumstances<P> = {},
): Remedy[] {
  return asked(control, documents).flatMap((each) => remediesOf(control, each, circumstances));
}
