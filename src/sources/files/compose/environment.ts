import type { EnvironmentFileVariable } from '../../../model/compose-project.ts';
import type { Variable } from '../../../model/container-spec.ts';
import { Secret } from '../../../model/secret.ts';
import type { FieldPlace } from './fields.ts';
import type { EnvironmentFileReading } from './environment-file.ts';
import { type Loading, pathIn } from './loading.ts';
import { type ComposeNode, childOf } from './node.ts';
import { problemAt } from './problem.ts';
import { itemsOf, pairsIn, textAt, textOf, truthOf } from './read-node.ts';
import type { Lookup } from '../../../syntax/interpolation.ts';

export interface PlacedVariable {
  readonly variable: Variable;
  readonly place: FieldPlace;
}

export interface EnvironmentContext {
  readonly name: string;
  readonly service: ComposeNode;
  readonly lookup: Lookup;
  readonly loading: Loading;
}

/** The environment of a service: what it sets itself, then what its files set besides; a name alone asks the shell. */
export function environmentOf({ name: serviceName, service, lookup, loading }: EnvironmentContext): PlacedVariable[] {
  const own = pairsIn(childOf(service, 'environment')).map(({ name, value, step }): PlacedVariable => ({
    variable: { name, value: new Secret(value ?? lookup(name) ?? '') },
    place: ['environment', step],
  }));
  const names = new Set(own.map(({ variable }) => variable.name));
  const inherited = fileVariables(service, 'env_file', lookup, loading).filter(({ name }) => !names.has(name));
  for (const variable of inherited) loading.inherited(variable, serviceName);
  return [...own, ...inherited.map(({ name, value, location }) => ({ variable: { name, value }, place: location }))];
}

export interface PlacedLabel {
  readonly name: string;
  readonly value: string;
  readonly place: FieldPlace;
}

/** The labels of a service, its own before those of its files. */
export function labelsOf({ name: serviceName, service, lookup, loading }: EnvironmentContext): PlacedLabel[] {
  const own = pairsIn(childOf(service, 'labels')).map(({ name, value = '', step }): PlacedLabel => ({
    name,
    value,
    place: ['labels', step],
  }));
  const names = new Set(own.map(({ name }) => name));
  const inherited = fileVariables(service, 'label_file', lookup, loading).filter(({ name }) => !names.has(name));
  for (const variable of inherited) loading.inherited(variable, serviceName);
  return [...own, ...inherited.map(({ name, value, location }) => ({ name, value: value.reveal(), place: location }))];
}

/** What files of a service give it; of two that name the same variable the later one holds. */
function fileVariables(
  service: ComposeNode,
  key: 'env_file' | 'label_file',
  lookup: Lookup,
  loading: Loading,
): EnvironmentFileVariable[] {
  const variables = new Map<string, EnvironmentFileVariable>();
  for (const node of itemsOf(childOf(service, key))) {
    for (const variable of readFileOf(node, lookup, loading)?.variables ?? []) variables.set(variable.name, variable);
  }
  return [...variables.values()];
}

function readFileOf(node: ComposeNode, lookup: Lookup, loading: Loading): EnvironmentFileReading | undefined {
  const path = textOf(node) ?? textAt(node, 'path');
  if (!path) return undefined;
  const resolved = pathIn(node.place.source.base, path);
  const reading = loading.environmentFile(resolved, lookup, textAt(node, 'format') === 'raw');
  if (!reading && truthOf(childOf(node, 'required')) !== false) {
    loading.problems.push(
      problemAt(
        node.place,
        'notice',
        {
          en: `the file ${resolved} is not there; what it sets is not judged`,
          zh: `文件 ${resolved} 不存在，其中设置的内容不作检查`,
        },
        { en: 'put it there, or say required: false', zh: '请放置该文件，或写明 required: false' },
      ),
    );
  }
  return reading;
}
