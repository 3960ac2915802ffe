import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { NetworkFacts, NetworkMember } from '../../model/network.ts';
import { promisedList } from './promised.ts';
import { booleanAt, listAt, objectAt, stringAt, textAt, textsAt } from './reading.ts';

/** A running container's end of a network, as the container's own answer has it. */
export interface Attachment {
  readonly member: NetworkMember;
  /** The network's id; Podman writes its name here. */
  readonly networkId?: string;
  readonly network: string;
}

/** Reads the answer of `GET /networks`. Docker leaves the members out of it; see `withMembers`. */
export function readNetworks(answer: JsonValue): NetworkFacts[] {
  return promisedList(answer, '/networks').flatMap((each) => {
    const name = textAt(each, 'Name');
    if (name === undefined) return [];
    const members = Object.entries(objectAt(each, 'Containers')).flatMap(([id, end]) => listedMember(id, end) ?? []);
    return [
      {
        id: stringAt(each, 'Id') ?? '',
        name,
        driver: stringAt(each, 'Driver') ?? '',
        scope: stringAt(each, 'Scope') ?? '',
        internal: booleanAt(each, 'Internal') ?? false,
        ipv6: booleanAt(each, 'EnableIPv6') ?? false,
        ingress: booleanAt(each, 'Ingress') ?? false,
        options: textsAt(each, 'Options'),
        labels: textsAt(each, 'Labels'),
        subnets: listAt(objectAt(each, 'IPAM'), 'Config').flatMap((pool) => textAt(pool, 'Subnet') ?? []),
        members,
      },
    ];
  });
}

/**
 * The ends of networks in the answer of `GET /containers/ID/json`; none of a container that does not run. One that is
 * paused keeps its own, though Podman does not call it running.
 */
export function attachmentsOf(inspected: JsonObject): Attachment[] {
  const state = objectAt(inspected, 'State');
  if (booleanAt(state, 'Running') !== true && booleanAt(state, 'Paused') !== true) return [];
  const id = stringAt(inspected, 'Id') ?? '';
  const name = (stringAt(inspected, 'Name') ?? '').replace(/^\//, '');
  const networks = objectAt(objectAt(inspected, 'NetworkSettings'), 'Networks');
  return Object.entries(networks).map(([network, end]) => {
    const networkId = textAt(end, 'NetworkID');
    return {
      network,
      ...(networkId === undefined ? {} : { networkId }),
      member: { id, name, ...addresses(textAt(end, 'IPAddress'), textAt(end, 'GlobalIPv6Address')) },
    };
  });
}

/** The networks with everybody who is attached to them: those that the list names, and those that say so themselves. */
export function withMembers(networks: readonly NetworkFacts[], attachments: readonly Attachment[]): NetworkFacts[] {
  return networks.map((network) => {
    const attached = attachments.filter((each) => isOf(each, network)).map(({ member }) => member);
    const known = new Set(attached.map(({ id }) => id));
    const others = network.members.filter(({ id }) => !known.has(id));
    return { ...network, members: [...attached, ...others].toSorted((left, right) => compare(left.name, right.name)) };
  });
}

/** Swarm may have two networks of one name for a while: where there is an id, it decides. */
function isOf({ networkId = '', network }: Attachment, { id, name }: NetworkFacts): boolean {
  return /^[0-9a-z]{25}$|^[0-9a-f]{64}$/.test(networkId) ? networkId === id : network === name;
}

/** Swarm's own ends (`lb-shop`, `ingress-endpoint`) are no containers. */
function listedMember(id: string, end: JsonValue | undefined): NetworkMember | undefined {
  if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
  const name = stringAt(end, 'Name') ?? '';
  return { id, name, ...addresses(textAt(end, 'IPv4Address'), textAt(end, 'IPv6Address')) };
}

function addresses(ipv4: string | undefined, ipv6: string | undefined): Pick<NetworkMember, 'ipv4' | 'ipv6'> {
  return { ...(ipv4 ? { ipv4: withoutLength(ipv4) } : {}), ...(ipv6 ? { ipv6: withoutLength(ipv6) } : {}) };
}

function withoutLength(address: string): string {
  return address.replace(/\/\d+$/, '');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
