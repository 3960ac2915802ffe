import type { PublishedPort } from '../../../model/container-spec.ts';
import type { ComposeNode } from './node.ts';
import { isUnknown, textAt, textOf } from './read-node.ts';
import { splitMapping } from './short-form.ts';

/** A range wider than this is listed by its first ports alone. */
const widestRange = 1024;
const protocols = ['tcp', 'udp', 'sctp'] as const;

/**
 * The ports of one entry of `ports`, in the short or in the long form; several for a range. None where it cannot be known
 * which port it is.
 */
export function publishedPorts(node: ComposeNode): PublishedPort[] {
  const { hostAddress, published, target, protocol } = node.kind === 'mapping' ? longForm(node) : shortForm(node);
  const inside = rangeOf(target);
  if (!inside) return [];
  const outside = rangeOf(published);
  // A range on the host for one port of the container: the engine takes one of them.
  const paired = outside && outside.length === inside.length;
  return inside.map((containerPort, index) => {
    const hostPort = paired ? outside[index] : outside?.[0];
    return {
      ...(hostAddress ? { hostAddress } : {}),
      // 0 leaves the choice to the engine, as does no port at all.
      ...(hostPort === undefined || hostPort === 0 ? {} : { hostPort }),
      containerPort,
      protocol,
    };
  });
}

interface PortWords {
  readonly hostAddress?: string | undefined;
  readonly published?: string | undefined;
  readonly target?: string | undefined;
  readonly protocol: PublishedPort['protocol'];
}

function longForm(node: ComposeNode): PortWords {
  return {
    hostAddress: textAt(node, 'host_ip'),
    published: textAt(node, 'published'),
    target: textAt(node, 'target'),
    protocol: protocolOf(textAt(node, 'protocol')),
  };
}

/** `[ADDRESS:][PORT:]PORT[/PROTOCOL]`; an IPv6 address may do without brackets. */
function shortForm(node: ComposeNode): PortWords {
  const text = textOf(node) ?? '';
  const slash = isUnknown(node) ? text.search(/\/(?:tcp|udp|sctp)$/i) : text.indexOf('/');
  const parts = splitMapping(slash === -1 ? text : text.slice(0, slash));
  const [target, published] = parts.toReversed();
  return {
    hostAddress: parts
      .slice(0, -2)
      .join(':')
      .replaceAll(/^\[|\]$/g, ''),
    published,
    target,
    protocol: protocolOf(slash === -1 ? undefined : text.slice(slash + 1)),
  };
}

function protocolOf(text = 'tcp'): PublishedPort['protocol'] {
  return protocols.find((each) => each === text.toLowerCase()) ?? 'tcp';
}

/** `80`, `8000-8010`; undefined for what is neither. */
function rangeOf(text: string | undefined): number[] | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text?.trim() ?? '') ?? [];
  if (first === undefined) return undefined;
  const count = Number(last) - Number(first) + 1;
  return count < 1
    ? undefined
    : Array.from({ length: Math.min(count, widestRange) }, (_, index) => Number(first) + index);
}

/** The entries of `expose` as the engine writes them: `80/tcp`. */
export function exposedPort(node: ComposeNode): string | undefined {
  const text = textOf(node)?.trim();
  return text === undefined || text === '' || text.includes('/') ? text || undefined : `${text}/tcp`;
}
