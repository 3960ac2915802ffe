import type { Namespaces, PublishedPort } from '../../../model/container-spec.ts';
import { textIn } from '../../../model/json.ts';
import { entriesOf, type PodSource } from './pod-source.ts';

/** Which namespaces of the node the pod uses, or that it has its own. What it says nothing of is its own. */
export function podNamespaces(source: PodSource): Namespaces {
  const { spec } = source.pod;
  const users = spec.hostUsers;
  return {
    network: spec.hostNetwork === true ? 'host' : undefined,
    pid: spec.hostPID === true ? 'host' : spec.shareProcessNamespace === true ? 'pod' : undefined,
    ipc: spec.hostIPC === true ? 'host' : undefined,
    user: typeof users === 'boolean' ? (users ? 'host' : 'private') : undefined,
  };
}

/** Ports that the node itself opens. */
export function podPorts({ entry }: PodSource): { readonly port: PublishedPort; readonly index: number }[] {
  return entriesOf(entry.value.ports).flatMap(({ value, index }) => {
    const { containerPort, hostPort } = value;
    const hostAddress = textIn(value, 'hostIP');
    if (typeof containerPort !== 'number' || (!hostPort && !hostAddress)) return [];
    const port: PublishedPort = {
      containerPort,
      hostPort: typeof hostPort === 'number' && hostPort > 0 ? hostPort : undefined,
      hostAddress: hostAddress || undefined,
      protocol: protocolOf(textIn(value, 'protocol')),
    };
    return [{ port, index }];
  });
}

/** Ports that are only said to be there: `80/tcp`. */
export function podExposedPorts({ entry }: PodSource): { readonly port: string; readonly index: number }[] {
  return entriesOf(entry.value.ports).flatMap(({ value, index }) => {
    const { containerPort, hostPort, hostIP } = value;
    if (typeof containerPort !== 'number' || hostPort || hostIP) return [];
    return [{ port: `${containerPort}/${protocolOf(textIn(value, 'protocol'))}`, index }];
  });
}

function protocolOf(written: string | undefined): PublishedPort['protocol'] {
  const protocol = written?.toLowerCase();
  return protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp';
}
