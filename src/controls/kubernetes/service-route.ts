import { isObject, type JsonValue, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { isIngress } from './network-exposure.ts';

/** A Service that an object makes reachable from outside of the cluster. */
export interface RoutedService {
  readonly name: string;
  /** Where it is named, from the object's root. */
  readonly path: KeyPath;
}

/** The Services to which an object leads traffic from outside: an Ingress, or a route of a gateway. */
export function routedServices(object: KubernetesObject): RoutedService[] {
  const { group, kind, value } = object;
  if (isIngress(object)) return ofIngress(value);
  if (group === 'gateway.networking.k8s.io' && kind.endsWith('Route')) return ofLists(value, ['rules', 'backendRefs']);
  if ((group === 'traefik.io' || group === 'traefik.containo.us') && kind.startsWith('IngressRoute')) {
    return ofLists(value, ['routes', 'services']);
  }
  if (group === 'route.openshift.io' && kind === 'Route') {
    return named(objectIn(objectIn(value, 'spec'), 'to'), ['spec', 'to'], 'name');
  }
  return group === 'networking.istio.io' && kind === 'VirtualService' ? ofVirtualService(value) : [];
}

/** Entries with a `name` in a list within the entries of another. */
function ofLists(value: JsonValue, [outer, inner]: readonly [string, string]): RoutedService[] {
  return listIn(objectIn(value, 'spec'), outer).flatMap((rule, index) =>
    listIn(rule, inner).flatMap((entry, at) => named(entry, ['spec', outer, index, inner, at], 'name')),
  );
}

function ofIngress(value: JsonValue): RoutedService[] {
  const spec = objectIn(value, 'spec');
  const whole = ['defaultBackend', 'backend'].flatMap((key) => ofBackend(spec[key], ['spec', key]));
  const paths = listIn(spec, 'rules').flatMap((rule, index) =>
    listIn(objectIn(rule, 'http'), 'paths').flatMap((path, at) =>
      ofBackend(objectIn(path, 'backend'), ['spec', 'rules', index, 'http', 'paths', at, 'backend']),
    ),
  );
  return [...whole, ...paths];
}

/** A backend as it is today, and as it was before `networking.k8s.io/v1`. */
function ofBackend(backend: JsonValue | undefined, path: KeyPath): RoutedService[] {
  return [...named(objectIn(backend, 'service'), [...path, 'service'], 'name'), ...named(backend, path, 'serviceName')];
}

/** Without gateways, or with `mesh` alone, it only leads traffic within the cluster. */
function ofVirtualService(value: JsonValue): RoutedService[] {
  const spec = objectIn(value, 'spec');
  if (!listIn(spec, 'gateways').some((gateway) => gateway !== 'mesh')) return [];
  return ['http', 'tls', 'tcp'].flatMap((protocol) =>
    listIn(spec, protocol).flatMap((rule, index) =>
      listIn(rule, 'route').flatMap((route, at) =>
        named(objectIn(route, 'destination'), ['spec', protocol, index, 'route', at, 'destination'], 'host'),
      ),
    ),
  );
}

/** A host such as `web.shop.svc.cluster.local` begins with the name of the Service. */
function named(holder: JsonValue | undefined, path: KeyPath, key: string): RoutedService[] {
  const text = isObject(holder) ? textIn(holder, key) : undefined;
  return text === undefined ? [] : [{ name: text.split('.', 1)[0] ?? '', path: [...path, key] }];
}
