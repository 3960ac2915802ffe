import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { evidenceOf, type Evidence } from '../../model/fact.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { HostFacts } from '../../model/host.ts';
import { parseImageReference } from '../../model/image-reference.ts';

export interface Found {
  /** As it was seen: a process, an image, a unit. */
  readonly name: string;
  readonly evidence: Evidence;
}

/** The kernel keeps so many characters of a process's name; what is longer may be another program's beginning. */
const longestProcessName = 15;

/**
 * A program that runs or starts by itself, by the names that it goes by: a process outside of containers, the image of
 * a container that runs, a unit of systemd. What cannot be read shows nothing.
 */
export function findProgram(
  host: HostFacts,
  machine: Machine | undefined,
  names: readonly string[],
): Found | undefined {
  const { processes, enabledUnits } = host;
  if (processes.known) {
    const whole = new Set(names.filter((name) => name.length <= longestProcessName));
    const running = processes.value.find(({ name }) => whole.has(name));
    if (running) {
      return { name: running.name, evidence: evidenceOf(processes, running.name, `/proc/${running.pid}/comm`) };
    }
  }
  const container = machine?.containers.find((each) => each.state === 'running' && names.includes(programOf(each)));
  if (container) {
    const { source, path } = container.locate('image.reference');
    const name = container.image.reference;
    return { name, evidence: { source, path: `${container.name} ${path}`, value: name } };
  }
  if (!enabledUnits.known) return undefined;
  const unit = enabledUnits.value.find((each) => names.includes(each.replace(/\.(?:service|socket|timer)$/, '')));
  return unit === undefined ? undefined : { name: unit, evidence: evidenceOf(enabledUnits, unit) };
}

/** A timer of systemd that starts by itself and is called like one of `patterns`, globs without `.timer`. */
export function findTimer({ enabledUnits }: HostFacts, patterns: readonly string[]): Found | undefined {
  if (!enabledUnits.known) return undefined;
  const timer = enabledUnits.value.find(
    (unit) => unit.endsWith('.timer') && patterns.some((pattern) => matchesGlob(pattern, unit.slice(0, -6))),
  );
  return timer === undefined ? undefined : { name: timer, evidence: evidenceOf(enabledUnits, timer) };
}

/** The last word of an image's name: `fluent-bit` of `registry.example/log/fluent-bit:3`. */
function programOf({ image }: ContainerSpec): string {
  return parseImageReference(image.reference)?.repository.split('/').at(-1) ?? '';
}
