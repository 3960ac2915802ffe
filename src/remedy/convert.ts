import type { ContainerSpec } from '../model/container-spec.ts';
import { composeService, composeVolumes } from './dialects/compose.ts';
import { runArguments, runOptions } from './dialects/docker-run.ts';
import { podContainer } from './dialects/pod.ts';
import { yamlLines } from './yaml.ts';

// Whole containers written out. A variable appears by its name: its value stays where it is.

/** One Compose file of all of them. */
export function composeFile(containers: readonly ContainerSpec[]): string {
  const services = containers.map((container) => [nameOf(container), composeService(container)] as const);
  const volumes = Object.assign({}, ...containers.map(composeVolumes)) as ReturnType<typeof composeVolumes>;
  return lines({
    services: Object.fromEntries(services),
    ...(Object.keys(volumes).length > 0 ? { volumes } : {}),
  });
}

/** One pod for each, as documents of one text. */
export function podManifests(containers: readonly ContainerSpec[]): string {
  return containers
    .map((each) => {
      const name = podName(nameOf(each));
      // A kubelet confines nothing unless it is told to: the engine's default has to be written down.
      const security = { ...each.security, seccomp: each.security.seccomp ?? 'RuntimeDefault' };
      const { container, pod, metadata } = podContainer({ ...each, name, security });
      return lines({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, ...metadata },
        spec: { ...pod, containers: [container] },
      });
    })
    .join('---\n');
}

/** One command for each, an option a line. */
export function runCommands(containers: readonly ContainerSpec[]): string {
  return containers
    .map((container) =>
      [['docker run --detach'], runOptions(container), [runArguments(container).join(' ')]].flat().join(' \\\n  '),
    )
    .map((command) => `${command}\n`)
    .join('\n');
}

function nameOf({ owner, name }: ContainerSpec): string {
  return owner.kind === 'compose' ? (owner.service ?? name) : name;
}

/** A label of the domain name system. */
function podName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .slice(0, 63)
      .replaceAll(/^-+|-+$/g, '') || 'container'
  );
}

function lines(object: Parameters<typeof yamlLines>[0]): string {
  return `${yamlLines(object).join('\n')}\n`;
}
