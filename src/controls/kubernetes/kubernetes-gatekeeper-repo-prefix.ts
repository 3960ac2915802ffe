import { defineControl } from '../../model/control.ts';
import { type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';

const list = ['spec', 'parameters', 'repos'];

export const kubernetesGatekeeperRepoPrefix = defineControl({
  id: 'kubernetes-gatekeeper-repo-prefix',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'Prefixes of allowed image repositories end where a name ends',
    zh: '允许的镜像仓库前缀以完整名称结尾',
  },
  why: {
    en: 'Gatekeeper compares the beginning of an image with these texts. registry.example without a slash also lets in registry.example.attacker.test.',
    zh: 'Gatekeeper 用这些文本比较镜像名称的开头。不带斜杠的 registry.example 也会放行 registry.example.attacker.test。',
  },
  how: {
    en: 'Every entry of repos of a K8sAllowedRepos constraint ends with a slash, or names a whole image with its tag or digest.',
    zh: 'K8sAllowedRepos 约束的每个 repos 条目都以斜杠结尾，或写出带标签或摘要的完整镜像。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['k8s-gatekeeper-repo-prefix', 'KSV-0124'],
    links: ['https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/'],
  },
  counterexample: {
    bad: `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sAllowedRepos
metadata:
  name: ours
spec:
  parameters:
    repos:
      - registry.example
`,
    good: `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sAllowedRepos
metadata:
  name: ours
spec:
  parameters:
    repos:
      - registry.example/
`,
  },
  appliesTo: ({ group, kind }) => group === 'constraints.gatekeeper.sh' && kind === 'K8sAllowedRepos',

  judge(object) {
    return verdictsOn(breachesIn(object), object, {
      en: 'Its prefixes end where a name ends.',
      zh: '其前缀均以完整名称结尾。',
    });
  },

  remedy(object) {
    const hosts = breachesIn(object).flatMap(({ path, value }) =>
      isHost(value) ? [{ path, value: `${value}/` }] : [],
    );
    // A host alone can only be a beginning; what follows a host may be meant as an image.
    if (hosts.length === breachesIn(object).length) {
      return changeObject(hosts, { en: 'End the prefix with a slash.', zh: '在前缀末尾加上斜杠。' });
    }
    return byHand({
      en: 'End the prefix with a slash, or with the tag or digest of the one image that is meant.',
      zh: '在前缀末尾加上斜杠；若只指某一个镜像，请加上其标签或摘要。',
    });
  },
});

function breachesIn({ value }: KubernetesObject): Breach[] {
  return listIn(objectIn(objectIn(value, 'spec'), 'parameters'), 'repos').flatMap((entry, index): Breach[] => {
    if (typeof entry !== 'string' || entry.endsWith('/') || isImage(entry)) return [];
    const message = {
      en: `${JSON.stringify(entry)} lets in every image whose name begins so.`,
      zh: `${JSON.stringify(entry)} 会放行所有以此开头的镜像。`,
    };
    return [{ path: [...list, index], value: entry, message }];
  });
}

/** One image alone: a colon behind the last slash begins its tag, in front of one it would be that of a port. */
function isImage(entry: string): boolean {
  return entry.includes('@sha256:') || /\/[^/]*:[^/]+$/.test(entry);
}

function isHost(entry: JsonValue | undefined): entry is string {
  return typeof entry === 'string' && /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(entry);
}
