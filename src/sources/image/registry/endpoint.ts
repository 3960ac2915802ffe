import { PlimsollError } from '../../../model/error.ts';
import type { ParsedReference } from '../../../model/image-reference.ts';
import { isInRange, isLoopback } from '../../../model/internet-address.ts';

/** Where the parts of an image are asked for. */
export interface RegistryEndpoint {
  /** What credentials are kept under: `docker.io`, `registry.example:5000`. */
  readonly name: string;
  /** Without a slash at its end and without `/v2`: `https://registry-1.docker.io`. */
  readonly base: string;
  /** `registry.example:5000`, as in an address: without the port that every client knows. */
  readonly host: string;
  /** Whether it is asked without TLS: never, where it does not speak it, or from the beginning. */
  readonly plain: 'never' | 'fallback' | 'only';
  /** Somebody said that its certificate need not be verified, and that credentials may go over plain HTTP. */
  readonly insecure: boolean;
  /** The machine that Plimsoll runs on. */
  readonly local: boolean;
  /** It only has what somebody else publishes. */
  readonly mirror: boolean;
}

const dockerHub = 'docker.io';
/** Where Docker Hub answers: its name is that of a web site. */
const dockerHubHost = 'registry-1.docker.io';

export interface EndpointChoice {
  /** Addresses of mirrors of Docker Hub, in the order in which they are to be asked. */
  readonly mirrors?: readonly string[];
  /**
   * Hosts, with or without a port, and ranges of addresses (CIDR), that may go without TLS, or with a certificate that nobody verifies, and
   * are shown credentials all the same.
   */
  readonly insecure?: readonly string[];
}

/**
 * The endpoints of an image, in the order in which they are to be asked: mirrors, which there are of Docker Hub only, then the registry
 * itself. As for Docker, a registry on this machine is asked without TLS where it speaks none.
 *
 * @throws PlimsollError for a mirror that is no address, and for a registry whose name no address can be made of
 */
export function endpointsOf(
  { registry }: Pick<ParsedReference, 'registry'>,
  { mirrors = [], insecure = [] }: EndpointChoice = {},
): RegistryEndpoint[] {
  const host = registry === dockerHub ? dockerHubHost : registry;
  const url = URL.parse(`https://${host}`);
  if (!url) throw noHost(registry);
  const local = isLoopback(url.hostname);
  const isInsecure = isNamed([registry, url.host, url.hostname], insecure);
  const origin: RegistryEndpoint = {
    name: registry,
    base: `https://${host}`,
    host: url.host,
    plain: local || isInsecure ? 'fallback' : 'never',
    insecure: isInsecure,
    local,
    mirror: false,
  };
  return [...(registry === dockerHub ? mirrors.map((each) => mirrorEndpoint(each, insecure)) : []), origin];
}

/** Names of images allow for ports that are too high, and for what looks like an address of four numbers and is none. */
function noHost(registry: string): PlimsollError {
  return new PlimsollError(
    'usage',
    { en: `"${registry}" is no name of a registry`, zh: `“${registry}”不是有效的镜像仓库地址` },
    { en: 'Check the host and the port, which is 65535 at most.', zh: '请检查主机名和端口；端口不超过 65535。' },
  );
}

/** Whether one of the names of a host, the last of which is without its port, is in a list. */
function isNamed(names: readonly string[], list: readonly string[]): boolean {
  return list.some((each) => {
    const entry = each.toLowerCase();
    return names.some((name) => name.toLowerCase() === entry) || isInRange(names.at(-1) ?? '', entry);
  });
}

function mirrorEndpoint(address: string, insecure: readonly string[]): RegistryEndpoint {
  const url = URL.parse(address.includes('://') ? address : `https://${address}`);
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    // Not repeated: there may be a password in it.
    throw new PlimsollError(
      'configuration',
      { en: 'the address of a registry mirror is not a plain one', zh: '某个镜像加速地址不规范' },
      {
        en: 'Write it as https://HOST or https://HOST:PORT, without a user name and a query.',
        zh: '请写成 https://主机 或 https://主机:端口，不带用户名和查询参数。',
      },
    );
  }
  return {
    name: url.host,
    base: `${url.protocol}//${url.host}${url.pathname.replace(/\/+(?:v2\/*)?$/, '')}`,
    host: url.host,
    plain: url.protocol === 'http:' ? 'only' : 'never',
    insecure: isNamed([url.host, url.hostname], insecure),
    local: isLoopback(url.hostname),
    mirror: true,
  };
}
