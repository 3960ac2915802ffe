import { matchesGlob } from '../../model/glob.ts';
import { canonicalName, type ParsedReference } from '../../model/image-reference.ts';
import { isObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';

/** Which images some rules of a policy engine let in only with a signature. */
interface SignatureRule {
  readonly patterns: readonly string[];
  readonly skipped: readonly string[];
  /** A single `*` does not reach past a slash. */
  readonly isPathGlob: boolean;
  /** It also names images by a program, which is not run here. */
  readonly isOpen: boolean;
}

/** The rules read together with an object that are in force for it. */
export function signatureRules(object: KubernetesObject): SignatureRule[] {
  const { set } = object;
  const namespaced = objectsOfKind(set, 'Policy').filter((policy) => mayShareNamespace(policy, object));
  const kyverno = [...objectsOfKind(set, 'ClusterPolicy'), ...namespaced]
    .filter(({ group }) => group === 'kyverno.io')
    .flatMap(({ value }) => listIn(objectIn(value, 'spec'), 'rules'))
    .flatMap((rule) => listIn(rule, 'verifyImages'))
    .map(kyvernoRule);
  const validating = objectsOfKind(set, 'ImageValidatingPolicy')
    .filter(({ group }) => group === 'policies.kyverno.io')
    .map(({ value }) => globRule(listIn(objectIn(value, 'spec'), 'matchImageReferences'), false));
  const sigstore = objectsOfKind(set, 'ClusterImagePolicy')
    .filter(({ group }) => group === 'policy.sigstore.dev')
    .map(({ value }) => globRule(listIn(objectIn(value, 'spec'), 'images'), true));
  return [...kyverno, ...validating, ...sigstore];
}

function kyvernoRule(entry: JsonValue): SignatureRule {
  const image = textIn(entry, 'image');
  return {
    patterns: [...textsOf(listIn(entry, 'imageReferences')), ...(image === undefined ? [] : [image])],
    skipped: textsOf(listIn(entry, 'skipImageReferences')),
    isPathGlob: false,
    isOpen: false,
  };
}

function globRule(entries: readonly JsonValue[], isPathGlob: boolean): SignatureRule {
  const patterns = entries.flatMap((entry) => textIn(entry, 'glob') ?? []);
  return { patterns, skipped: [], isPathGlob, isOpen: entries.some((entry) => isObject(entry) && !('glob' in entry)) };
}

function textsOf(list: readonly JsonValue[]): string[] {
  return list.filter((each) => typeof each === 'string');
}

/** Whether a rule names an image; undefined where only running a program would tell. */
export function isVerified(rules: readonly SignatureRule[], image: ParsedReference): boolean | undefined {
  const spellings = spellingsOf(image);
  const isNamed = ({ patterns, skipped, isPathGlob }: SignatureRule) =>
    patterns.some((pattern) => spellings.some((each) => matches(pattern, each, isPathGlob))) &&
    !skipped.some((pattern) => spellings.some((each) => matches(pattern, each, false)));
  if (rules.some(isNamed)) return true;
  return rules.some(({ isOpen }) => isOpen) ? undefined : false;
}

/** Engines differ in what they compare: Docker Hub has three names, and tag and digest may count or not. */
function spellingsOf(image: ParsedReference): string[] {
  const { registry, repository, tag = 'latest', digest } = image;
  const hub =
    registry === 'docker.io'
      ? [`index.docker.io/${repository}`, `docker.io/${repository.replace(/^library\//, '')}`]
      : [];
  return [canonicalName(image), ...hub].flatMap((name) => [
    name,
    `${name}:${tag}`,
    ...(digest === undefined ? [] : [`${name}@${digest}`, `${name}:${tag}@${digest}`]),
  ]);
}

function matches(pattern: string, name: string, isPathGlob: boolean): boolean {
  if (!matchesGlob(pattern, name)) return false;
  return !isPathGlob || pattern.includes('**') || pattern.split('/').length === name.split('/').length;
}
