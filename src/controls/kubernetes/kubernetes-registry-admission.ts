import { defineControl } from '../../model/control.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  type KeyPath,
  listIn,
  objectIn,
  pathText,
  textIn,
} from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';

export const kubernetesRegistryAdmission = defineControl({
  id: 'kubernetes-registry-admission',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Policies on images refuse what they find, and do not only report it',
    zh: '镜像策略会拒绝违规镜像，而非仅作记录',
  },
  why: {
    en: 'A policy that only audits or warns lets every image in: an image from a strange registry or without a signature runs, and the report about it is read later, if at all.',
    zh: '仅审计或警告的策略会放行任何镜像：来自陌生仓库或未签名的镜像照样运行，而报告要事后才有人看，甚至无人查看。',
  },
  how: {
    en: 'Asked of policies that are about images: rules of Kyverno with verifyImages or a pattern for image, its ImageValidatingPolicy, the constraints of Gatekeeper for repositories and digests, the ClusterImagePolicy of Sigstore, and the ImagePolicyWebhook of the API server. Fails where they audit, warn or run dry, and where the webhook lets everything in when it cannot be reached. Kyverno audits unless told to enforce.',
    zh: '只检查与镜像有关的策略：含 verifyImages 或 image 匹配模式的 Kyverno 规则、其 ImageValidatingPolicy、Gatekeeper 的仓库与摘要约束、Sigstore 的 ClusterImagePolicy，以及 API 服务器的 ImagePolicyWebhook。处于审计、警告或试运行模式，或 Webhook 在不可达时放行一切，均未通过。Kyverno 若未指定强制，则默认仅审计。',
  },
  references: {
    cisKubernetes: ['5.5.1'],
    nist800190: ['4.2.3'],
    aliases: ['k8s-registry-admission', 'k8s-image-policy-webhook', 'C-0289'],
    links: ['https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/'],
  },
  counterexample: { bad: sample('dryrun'), good: sample('deny') },
  appliesTo: (object) => modesOf(object).length > 0,

  judge(policy) {
    const places = modesOf(policy)
      .filter(({ enforces }) => !enforces)
      .map((each) => [pathText(each.path), each] as const);
    const weak = [...new Map(places).values()];
    if (weak.length === 0) return pass({ en: 'It refuses what it finds.', zh: '会拒绝违规镜像。' });
    return weak.map(({ path, value }) => {
      const what =
        value === undefined ? { en: 'unset', zh: '未设置' } : { en: JSON.stringify(value), zh: JSON.stringify(value) };
      const name = String(path.at(-1));
      const message = {
        en: `${name} is ${what.en}: nothing is refused.`,
        zh: `${name} 为 ${what.zh}：不会拒绝任何镜像。`,
      };
      return failAt(message, policy.locate(path), value ?? null);
    });
  },

  remedy() {
    return byHand({
      en: 'Let the policy refuse (Enforce, deny, defaultAllow: false) once the reports show that nothing needed is hit.',
      zh: '待报告表明不影响正常镜像后，让策略执行拒绝（Enforce、deny、defaultAllow: false）。',
    });
  },
});

/** What a policy does with what it finds. */
interface Mode {
  readonly path: KeyPath;
  readonly value: JsonValue | undefined;
  readonly enforces: boolean;
}

function modesOf({ group, kind, value }: KubernetesObject): Mode[] {
  const spec = objectIn(value, 'spec');
  if (group === 'kyverno.io' && (kind === 'ClusterPolicy' || kind === 'Policy')) return modesOfKyverno(spec);
  if (group === 'policies.kyverno.io' && kind === 'ImageValidatingPolicy') {
    const actions = listIn(spec, 'validationActions');
    return [
      mode(['spec', 'validationActions'], spec.validationActions, actions.length === 0 || actions.includes('Deny')),
    ];
  }
  if (group === 'constraints.gatekeeper.sh' && /repo|image|registr/i.test(kind)) {
    const action = textIn(spec, 'enforcementAction') ?? 'deny';
    return [mode(['spec', 'enforcementAction'], spec.enforcementAction, action !== 'dryrun' && action !== 'warn')];
  }
  if (group === 'policy.sigstore.dev' && kind === 'ClusterImagePolicy') {
    return [mode(['spec', 'mode'], spec.mode, textIn(spec, 'mode') !== 'warn')];
  }
  return kind === 'AdmissionConfiguration' ? modesOfWebhook(value) : [];
}

function modesOfKyverno(spec: JsonObject): Mode[] {
  const general = textIn(spec, 'validationFailureAction');
  return listIn(spec, 'rules').flatMap((rule, index): Mode[] => {
    const path = ['spec', 'rules', index];
    const verified = listIn(rule, 'verifyImages').flatMap((entry, at) =>
      isObject(entry) ? [modeOfKyverno(entry, [...path, 'verifyImages', at], general)] : [],
    );
    const validate = objectIn(rule, 'validate');
    const isOfImages =
      holdsKey(validate.pattern, 'image') || listIn(validate, 'anyPattern').some((each) => holdsKey(each, 'image'));
    return isOfImages ? [...verified, modeOfKyverno(validate, [...path, 'validate'], general)] : verified;
  });
}

/** A rule's own action comes before that of the whole policy, which is to audit when nothing is said. */
function modeOfKyverno(holder: JsonObject, path: KeyPath, general: string | undefined): Mode {
  const own = textIn(holder, 'failureAction');
  const place = own === undefined ? ['spec', 'validationFailureAction'] : [...path, 'failureAction'];
  const action = own ?? general;
  return mode(place, action, action?.toLowerCase() === 'enforce');
}

function modesOfWebhook(value: JsonObject): Mode[] {
  return listIn(value, 'plugins').flatMap((plugin, index): Mode[] => {
    if (textIn(plugin, 'name') !== 'ImagePolicyWebhook') return [];
    const policy = objectIn(objectIn(plugin, 'configuration'), 'imagePolicy').defaultAllow;
    return [mode(['plugins', index, 'configuration', 'imagePolicy', 'defaultAllow'], policy, policy !== true)];
  });
}

function mode(path: KeyPath, value: JsonValue | undefined, enforces: boolean): Mode {
  return { path, value, enforces };
}

/** Whether a key stands anywhere in a pattern; Kyverno may put an anchor such as `=()` around it. */
function holdsKey(value: JsonValue | undefined, wanted: string): boolean {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some((each) => holdsKey(each, wanted));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) => key.replaceAll(/^[^\w]*\(|\)$/g, '') === wanted || holdsKey(inner, wanted),
  );
}

function sample(action: string): string {
  return `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sAllowedRepos
metadata:
  name: own-registry
spec:
  enforcementAction: ${action}
  match:
    kinds: [{ apiGroups: [""], kinds: [Pod] }]
  parameters:
    repos: [registry.example/]
`;
}
