import { isDeepStrictEqual } from 'node:util';
import type { ContainerSpec } from '../model/container-spec.ts';
import type { SpecChange } from '../model/spec-change.ts';
import type { Language } from '../model/text.ts';
import { composeService, composeVolumes } from './dialects/compose.ts';
import { runArguments, runOptions } from './dialects/docker-run.ts';
import { serviceOptions } from './dialects/docker-service.ts';
import { updateOptions } from './dialects/docker-update.ts';
import { podContainer } from './dialects/pod.ts';
import { listDifference, objectDifference, type ObjectDifference } from './difference.ts';
import { shellOperand } from './shell.ts';
import { withoutLine } from './without.ts';
import { indented, yamlLines, yamlText } from './yaml.ts';
import { remembered } from '../model/remembered.ts';

// What turns one container into another, in the words of one dialect: no lines where it has no words for it.

/** One line with the options to add, and a comment for every option to leave out. */
export function runLines(before: ContainerSpec, after: ContainerSpec, language: Language): string[] {
  const { added, removed } = listDifference(optionsBefore(before), runOptions(after));
  const operands = runArguments(after);
  const other = isDeepStrictEqual(runArguments(before), operands) ? [] : operands;
  if (added.length === 0 && removed.length === 0 && other.length === 0) return [];
  const words = added.length === 0 ? [] : [...added, '…'];
  const left = removed.filter((option) => !isReplaced(option, added));
  return [['docker run …', ...words, ...other].join(' '), ...left.map((option) => withoutLine(option, language))];
}

// One container fails many controls, and each of their remedies starts from the same words.
const optionsBefore = remembered(runOptions);
const podBefore = remembered((container: ContainerSpec) => podContainer(container));
const serviceBefore = remembered(composeService);
const volumesBefore = remembered(composeVolumes);

/** Options that add to what others of their name said; of every other one the last counts. */
const repeatable =
  /^--(?:cap-add|cap-drop|device|device-cgroup-rule|env|expose|gpus|group-add|mount|network|publish|security-opt label|tmpfs|volume)\b(?!-)/;

/** Whether another value of the same option says already that this one goes. */
function isReplaced(option: string, added: readonly string[]): boolean {
  const name = option.slice(0, option.indexOf('=') + 1);
  return !repeatable.test(option) && name !== '' && added.some((each) => each.startsWith(name));
}

/** Changed keys of the service, and of the file's volumes. */
export function composeLines(before: ContainerSpec, after: ContainerSpec, language: Language): string[] {
  const service = objectDifference(serviceBefore(before), composeService(after));
  const volumes = objectDifference(volumesBefore(before), composeVolumes(after));
  const name = before.owner.service ?? before.name;
  return [
    ...(isEmpty(service) ? [] : ['services:', `  ${yamlText(name)}:`]),
    ...indented(differenceLines(service, language), 2),
    ...(isEmpty(volumes) ? [] : ['volumes:']),
    ...indented(differenceLines(volumes, language), 1),
  ];
}

/** Changed fields of the pod and of its container. */
export function podLines(before: ContainerSpec, after: ContainerSpec, language: Language): string[] {
  const [old, next] = [podBefore(before), podContainer(after)];
  const metadata = objectDifference(old.metadata, next.metadata);
  const pod = objectDifference(old.pod, next.pod);
  const container = objectDifference(old.container, next.container);
  return [
    ...(isEmpty(metadata) ? [] : ['metadata:']),
    ...indented(differenceLines(metadata, language), 1),
    ...(isEmpty(pod) && isEmpty(container) ? [] : ['spec:']),
    ...indented(differenceLines(pod, language), 1),
    ...(isEmpty(container)
      ? []
      : [
          '  containers:',
          `    - name: ${yamlText(before.name)}`,
          ...indented(differenceLines(container, language), 3),
        ]),
  ];
}

/** The command for a container as it runs; none where the change needs a new one. */
export function updateLines({ name, resources }: ContainerSpec, change: SpecChange): string[] {
  const options = updateOptions(withSwap(change, resources.memorySwap));
  return options.length === 0 ? [] : [`docker update ${options.join(' ')} ${shellOperand(name)}`];
}

/** The limit of memory and swap stays as it is where it can: it may not lie below the limit of memory. */
function withSwap(change: SpecChange, memorySwap: number | undefined): SpecChange {
  const memory = change.resources?.memory;
  if (memorySwap === undefined || !memory || (memorySwap !== -1 && memorySwap < memory)) return change;
  return { ...change, resources: { memorySwap, ...change.resources } };
}

/** The command for a Swarm service. */
export function serviceLines(before: ContainerSpec, after: ContainerSpec): string[] {
  const options = serviceOptions(before, after);
  const name = before.owner.service ?? before.owner.project ?? before.name;
  return options.length === 0 ? [] : [`docker service update ${options.join(' ')} ${shellOperand(name)}`];
}

function differenceLines({ changed, removed }: ObjectDifference, language: Language): string[] {
  return [...yamlLines(changed), ...removed.map((path) => withoutLine(yamlText(path), language))];
}

function isEmpty({ changed, removed }: ObjectDifference): boolean {
  return Object.keys(changed).length === 0 && removed.length === 0;
}
