import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { selectorFits, isEmptySelector } from './label-selector.ts';
import type { Breach } from './pod-security-breach.ts';
import { selectsNoPod } from './selected-pods.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';
import { holdsWholePod } from './whole-pod.ts';

/** The references of an object that lead nowhere; undefined where it has none, or nothing can be said of them. */
export function danglingIn(object: KubernetesObject): Breach[] | undefined {
  const spec = objectIn(object.value, 'spec');
  switch (`${object.group}/${object.kind}`) {
    case '/Service':
      if (spec.type === 'ExternalName') return undefined;
      return ofSelector(object, { matchLabels: objectIn(spec, 'selector') }, ['spec', 'selector']);
    case 'networking.k8s.io/NetworkPolicy':
      return ofSelector(object, objectIn(spec, 'podSelector'), ['spec', 'podSelector']);
    case 'policy/PodDisruptionBudget':
      return ofSelector(object, objectIn(spec, 'selector'), ['spec', 'selector']);
    case 'autoscaling/HorizontalPodAutoscaler':
      return ofTarget(object, objectIn(spec, 'scaleTargetRef'));
    case 'networking.k8s.io/Ingress':
      return ofBackends(object, spec);
    case 'monitoring.coreos.com/ServiceMonitor':
      return ofMonitor(object, spec);
    default:
      return undefined;
  }
}

/** Peers of a policy in its own namespace that no pod answers to. */
export function danglingPeers(policy: KubernetesObject): Breach[] {
  if (policy.group !== 'networking.k8s.io' || policy.kind !== 'NetworkPolicy') return [];
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const key = direction === 'ingress' ? 'from' : 'to';
    return listIn(policy.value.spec, direction).flatMap((rule, ruleIndex) =>
      listIn(rule, key).flatMap((peer, index): Breach[] => {
        if (!isObject(peer) || peer.namespaceSelector !== undefined) return [];
        const path = ['spec', direction, ruleIndex, key, index, 'podSelector'];
        return ofSelector(policy, objectIn(peer, 'podSelector'), path) ?? [];
      }),
    );
  });
}

function ofSelector(object: KubernetesObject, selector: JsonObject, path: KeyPath): Breach[] | undefined {
  const isDangling = selectsNoPod(object, selector);
  if (isDangling === undefined) return undefined;
  const words = selectorWords(selector);
  const message = {
    en: `No pod of its namespace that was read has the labels ${words}.`,
    zh: `所读内容中，其命名空间内没有带标签 ${words} 的 Pod。`,
  };
  return isDangling ? [{ path, value: words, message }] : [];
}

function ofTarget(object: KubernetesObject, target: JsonObject): Breach[] | undefined {
  const name = textIn(target, 'name');
  const kind = textIn(target, 'kind');
  if (name === undefined || kind === undefined) return undefined;
  const targets = objectsOfKind(object.set, kind).filter((each) => mayShareNamespace(each, object));
  const isKnown = targets.some((each) => each.namespace === object.namespace && holdsWholePod(each));
  if (!isKnown && !object.set.complete) return undefined;
  if (targets.some((each) => each.name === name)) return [];
  const message = {
    en: `No ${kind} ${name} was read, though others of the same namespace were.`,
    zh: `读到了同一命名空间的其他 ${kind}，但没有 ${name}。`,
  };
  return [{ path: ['spec', 'scaleTargetRef', 'name'], value: name, message }];
}

function ofBackends(object: KubernetesObject, spec: JsonObject): Breach[] | undefined {
  const services = servicesBeside(object);
  if (!object.set.complete && !services.some((each) => each.namespace === object.namespace)) return undefined;
  const places: [JsonObject, KeyPath][] = [
    [objectIn(spec, 'defaultBackend'), ['spec', 'defaultBackend']],
    [objectIn(spec, 'backend'), ['spec', 'backend']],
    ...listIn(spec, 'rules').flatMap((rule, ruleIndex) =>
      listIn(objectIn(rule, 'http'), 'paths').map((entry, index): [JsonObject, KeyPath] => [
        objectIn(entry, 'backend'),
        ['spec', 'rules', ruleIndex, 'http', 'paths', index, 'backend'],
      ]),
    ),
  ];
  return places.flatMap(([backend, path]) => ofBackend(services, backend, path));
}

function ofBackend(services: readonly KubernetesObject[], backend: JsonObject, path: KeyPath): Breach[] {
  const service = objectIn(backend, 'service');
  const name = textIn(service, 'name') ?? textIn(backend, 'serviceName');
  const { number, name: portName } = objectIn(service, 'port');
  const port = number ?? portName ?? backend.servicePort;
  // A controller of AWS takes this for the name of an action in an annotation.
  if (name === undefined || port === 'use-annotation') return [];
  const named = services.filter((each) => each.name === name);
  if (named.length === 0) {
    const message = {
      en: `No Service ${name} was read, though others of the same namespace were.`,
      zh: `读到了同一命名空间的其他 Service，但没有 ${name}。`,
    };
    return [{ path, value: name, message }];
  }
  const ports = named.map((each) => listIn(each.value.spec, 'ports'));
  if (port === undefined || ports.some((list) => list.length === 0)) return [];
  const isThere = ports.flat().some((each) => isObject(each) && (each.name === port || text(each.port) === text(port)));
  if (isThere) return [];
  const words = JSON.stringify(port);
  const message = { en: `The Service ${name} has no port ${words}.`, zh: `Service ${name} 没有端口 ${words}。` };
  return [{ path, value: port, message }];
}

function ofMonitor(object: KubernetesObject, spec: JsonObject): Breach[] | undefined {
  const selector = objectIn(spec, 'selector');
  const isElsewhere = Object.keys(objectIn(spec, 'namespaceSelector')).length > 0;
  // A Kustomization may give labels to Services, and does not change this selector.
  if (isElsewhere || isEmptySelector(selector) || objectsOfKind(object.set, 'Kustomization').length > 0) {
    return undefined;
  }
  const services = servicesBeside(object);
  if (!object.set.complete && !services.some((each) => each.namespace === object.namespace)) return undefined;
  if (services.some((each) => selectorFits(selector, objectIn(each.value.metadata, 'labels')))) return [];
  const words = selectorWords(selector);
  const message = {
    en: `No Service of its namespace that was read has the labels ${words}.`,
    zh: `所读内容中，其命名空间内没有带标签 ${words} 的 Service。`,
  };
  return [{ path: ['spec', 'selector'], value: words, message }];
}

function servicesBeside(object: KubernetesObject): KubernetesObject[] {
  return objectsOfKind(object.set, 'Service').filter(
    (service) => service.group === '' && mayShareNamespace(service, object),
  );
}

/** As `kubectl --selector` takes it. */
function selectorWords(selector: JsonObject): string {
  const labels = Object.entries(objectIn(selector, 'matchLabels')).map(([name, value]) => `${name}=${text(value)}`);
  const expressions = listIn(selector, 'matchExpressions').map((expression) => {
    const key = textIn(expression, 'key') ?? '';
    const values = listIn(expression, 'values').map(text).join(',');
    return `${key} ${textIn(expression, 'operator') ?? ''}${values && ` (${values})`}`;
  });
  return [...labels, ...expressions].join(',');
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
