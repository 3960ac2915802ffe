import { isObject, type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { isEmptySelector } from './label-selector.ts';
import { hasPodsBeside, podLabels, podsBeside, podsFitting } from './pod-index.ts';
import { mayShareNamespace } from './set-index.ts';

/** Labels that controllers give to pods, which no template shows. */
const givenLater: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-revision-hash',
  'pod-template-hash',
  'pod-template-generation',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'rollouts-pod-template-hash',
]);

/** API groups of others whose objects make no pods. */
const harmlessGroups =
  /(?:^|\.)(?:cert-manager\.io|istio\.io|traefik\.io|traefik\.containo\.us|external-secrets\.io|bitnami\.com|kyverno\.io|gatekeeper\.sh|cilium\.io|projectcalico\.org|keda\.sh)$/;
const harmlessKinds: ReadonlySet<string> = new Set(['ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Probe']);
const ownGroups: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions']);

/** The workloads read together with an object whose pods its selector takes. */
export function podsSelectedBy(object: KubernetesObject, selector: JsonObject): KubernetesObject[] {
  const known = withoutLabels(selector, givenLater);
  return podsFitting(object, known);
}

/**
 * Whether a selector takes no pod of its namespace. Undefined where that cannot be said: nothing that makes pods was
 * read of this namespace, a program may make them, or a label may be set while they run.
 */
export function selectsNoPod(object: KubernetesObject, selector: JsonObject): boolean | undefined {
  const known = withoutLabels(selector, givenLater);
  if (isEmptySelector(known) || !hasPodsBeside(object)) return undefined;
  if (podsFitting(object, known).length > 0) return false;
  if (object.set.complete) return true;
  const seen = new Set(podsBeside(object).flatMap((each) => Object.keys(podLabels(each))));
  const unseen = new Set(keysOf(known).filter((key) => !seen.has(key)));
  const rest = withoutLabels(known, unseen);
  // Programs label the leader of their pods by such a key.
  const mayBeSetLater = unseen.size > 0 && !isEmptySelector(rest) && podsFitting(object, rest).length > 0;
  const mayBeMade = makersBeside(object).some((maker) => unseen.size > 0 || mentions(maker, known));
  return mayBeSetLater || mayBeMade ? undefined : true;
}

/** Objects of other programs that may make pods. */
function makersBeside(object: KubernetesObject): KubernetesObject[] {
  return object.set.objects.filter(
    (each) =>
      each.pod === undefined &&
      !ownGroups.has(each.group) &&
      !each.group.endsWith('.k8s.io') &&
      !harmlessGroups.test(each.group) &&
      !harmlessKinds.has(each.kind) &&
      mayShareNamespace(each, object),
  );
}

/** Whether the labels stand somewhere in an object. */
function mentions({ value }: KubernetesObject, selector: JsonObject): boolean {
  const text = JSON.stringify(value);
  return Object.entries(objectIn(selector, 'matchLabels')).every(([name, label]) =>
    text.includes(`${JSON.stringify(name)}:${JSON.stringify(label)}`),
  );
}

function keysOf(selector: JsonObject): string[] {
  return [
    ...Object.keys(objectIn(selector, 'matchLabels')),
    ...listIn(selector, 'matchExpressions').flatMap((expression) => textIn(expression, 'key') ?? []),
  ];
}

function withoutLabels(selector: JsonObject, names: ReadonlySet<string>): JsonObject {
  const labels = Object.entries(objectIn(selector, 'matchLabels')).filter(([name]) => !names.has(name));
  const expressions = listIn(selector, 'matchExpressions').filter(
    (expression) => !isObject(expression) || !names.has(textIn(expression, 'key') ?? ''),
  );
  return { matchLabels: Object.fromEntries(labels), matchExpressions: expressions };
}
