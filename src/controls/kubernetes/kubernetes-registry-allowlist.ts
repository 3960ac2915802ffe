import { defineControl } from '../../model/control.ts';
import { canonicalName } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable } from '../../model/verdict.ts';
import { isListed } from '../image/names-of-image.ts';
import type { Breach } from './pod-security-breach.ts';
import { imagesIn, verdictsOnImages } from './pod-image.ts';
import { holdsPod } from './workload-pod.ts';

const none: readonly string[] = [];

export const kubernetesRegistryAllowlist = defineControl({
  id: 'kubernetes-registry-allowlist',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Images come from registries on the list', zh: '镜像来自清单中的镜像仓库' },
  why: {
    en: 'From a registry that nobody watches comes whatever its owner, or whoever took over the account, puts there, and the cluster runs it.',
    zh: '无人监管的镜像仓库里有什么，全由其所有者或盗用账号的人决定，而集群会照样运行。',
  },
  how: {
    en: 'Compares the image of every container, and of every volume that is an image, with the list. An entry is a registry or the beginning of a name up to a slash, with * for any text (in a registry up to its slash): registry.example, docker.io/library, *.example/shop. Without a list nothing is asked.',
    zh: '将每个容器的镜像以及每个镜像卷与清单比对。清单项是镜像仓库，或镜像名中到某个斜线为止的前缀，* 代表任意文本（在镜像仓库名中不跨斜线），例如 registry.example、docker.io/library、*.example/shop。未设清单则不检查。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['k8s-registry-allowlist', 'KSV-0032', 'KSV-0033', 'KSV-0034', 'KSV-0035', 'KSV-0125', 'C-0001', 'C-0078'],
    links: ['https://kubernetes.io/docs/concepts/containers/images/'],
  },
  parameters: {
    registries: {
      default: none,
      description: {
        en: 'Registries and repositories that images may come from.',
        zh: '允许作为镜像来源的镜像仓库与仓库路径。',
      },
    },
  },
  appliesTo: holdsPod,

  judge(object, { parameters: { registries } }) {
    if (registries.length === 0) {
      return notApplicable({ en: 'No list of registries is set.', zh: '未设置镜像仓库清单。' });
    }
    const breaches = imagesIn(object.pod).flatMap(({ parsed, path }): Breach[] => {
      const name = parsed && canonicalName(parsed);
      if (name === undefined || isListed(name, registries)) return [];
      return [{ path, value: name, message: { en: `${name} is not on the list.`, zh: `${name} 不在清单中。` } }];
    });
    return verdictsOnImages(breaches, object, {
      en: 'All images come from registries on the list.',
      zh: '所有镜像均来自清单中的镜像仓库。',
    });
  },

  remedy() {
    return byHand({
      en: 'Use an image from a registry on the list, or mirror this one there after a review.',
      zh: '改用清单中镜像仓库的镜像，或审查后将该镜像同步到其中。',
    });
  },
});
