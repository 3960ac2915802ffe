import { PlimsollError } from '../../model/error.ts';
import { isInRange, isLoopback } from '../../model/internet-address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that requests to an address go through, as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` (or the same in lower case) say, in the
 * way of Docker's own programs: this machine is never asked through a proxy, and `NO_PROXY` may hold names with all below them,
 * addresses, ranges and `*`, each with or without a port.
 *
 * @throws PlimsollError where the proxy is of a kind that is not spoken; its address, which may hold a password, is not repeated
 */
export function proxyFor({ protocol, hostname, port }: URL, environment: Environment): string | undefined {
  const variable = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = valueOf(variable, environment);
  if (proxy === undefined || isLoopback(hostname)) return undefined;
  const usualPort = protocol === 'https:' ? '443' : '80';
  const exceptions = (valueOf('NO_PROXY', environment) ?? '').split(/[,\s]+/);
  if (exceptions.some((each) => isException(each.toLowerCase(), hostname.toLowerCase(), port || usualPort)))
    return undefined;
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  if (/^https?:$/.test(URL.parse(address)?.protocol ?? '')) return address;
  throw new PlimsollError(
    'configuration',
    { en: `the proxy in ${variable} is not one of HTTP`, zh: `${variable} 中的代理不是 HTTP 代理` },
    {
      en: 'Give an address that begins with http:// or https://, or except the host in NO_PROXY.',
      zh: '请给出以 http:// 或 https:// 开头的地址，或在 NO_PROXY 中排除该主机。',
    },
  );
}

function valueOf(variable: string, environment: Environment): string | undefined {
  return environment[variable] || environment[variable.toLowerCase()] || undefined;
}

function isException(entry: string, hostname: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', ownPort] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (name === '' || (ownPort !== undefined && ownPort !== port)) return false;
  if (isInRange(hostname, name)) return true;
  const domain = name.replace(/^\*?\./, '');
  return hostname.endsWith(`.${domain}`) || (hostname === domain && domain === name);
}
