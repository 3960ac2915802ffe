import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Text } from '../../model/text.ts';

/** Labels that those put on their containers who make them anew by themselves, or know them by their ids. */
const managers: readonly (readonly [prefix: string, name: string])[] = [
  ['com.amazonaws.ecs.', 'Amazon ECS'],
  ['com.hashicorp.nomad.', 'Nomad'],
  ['io.x-k8s.kind.', 'kind'],
  ['k3d.', 'k3d'],
  ['name.minikube.sigs.k8s.io', 'minikube'],
  ['com.docker.desktop.', 'Docker Desktop'],
  ['io.balena.', 'balena'],
  ['org.testcontainers', 'Testcontainers'],
  ['io.rancher.container.', 'Rancher'],
  ['com.gitlab.gitlab-runner.', 'GitLab Runner'],
];

/** Who else made a container, and the label that says so; undefined where nobody is known to. */
export function managerOf({ labels }: ContainerSpec): { readonly name: string; readonly label: string } | undefined {
  for (const label of Object.keys(labels).toSorted()) {
    const found = managers.find(([prefix]) => label.startsWith(prefix));
    if (found) return { name: found[1], label };
  }
  return undefined;
}

/** Why a container of somebody else's is left alone. */
export function madeBy({ name, label }: { readonly name: string; readonly label: string }): {
  readonly reason: Text;
  readonly advice: Text;
} {
  return {
    reason: {
      en: `${name} made it (label ${label}), and would miss it or make it again as before`,
      zh: `它由 ${name} 创建（标签 ${label}）；重建后 ${name} 会找不到它，或按原样重新创建`,
    },
    advice: { en: `Harden it where ${name} is told what to run.`, zh: `请在 ${name} 的配置中加固它。` },
  };
}
