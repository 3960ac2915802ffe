import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, unknownFrom } from '../../model/verdict.ts';
import { answeredByPerson } from '../answered.ts';
import { listed } from '../container/listing.ts';
import { isNamedBy, pulledImages, registriesOf } from './used-images.ts';

const question: Text = {
  en: 'Is a pull from a registry that is not on your list refused: by an authorization plugin, a proxy, or a firewall?',
  zh: '从不在名单上的仓库拉取镜像时，是否会被授权插件、代理或防火墙拒绝？',
};

export const registryAllowlist = defineControl({
  id: 'registry-allowlist',
  subject: 'engine',
  severity: 'high',
  title: { en: 'Pulls from other registries than the chosen ones are refused', zh: '拒绝从选定仓库之外拉取镜像' },
  why: {
    en: 'The engine pulls from any registry that it is told to, and has no list of its own: one command, or one line of a file, brings an image of a stranger into production.',
    zh: '引擎会从任何指定的仓库拉取镜像，自身没有名单机制：一条命令或文件中的一行就能把陌生人的镜像带入生产环境。',
  },
  how: {
    en: 'An image in use from a registry outside of the list proves that nothing refuses it. Otherwise a person is asked, as only an attempt to pull would show it.',
    zh: '若所用镜像来自名单之外的仓库，即可证明未被拒绝。否则须由人回答，因为只有实际拉取才能得知。',
  },
  references: {
    cisDocker: ['4.2'],
    cisKubernetes: ['5.5.1'],
    nist800190: ['4.2.3'],
    links: ['https://docs.docker.com/engine/extend/plugins_authorization/'],
  },
  parameters: {
    registries: {
      default: [] as string[],
      description: {
        en: 'Registries, or repositories in them, that may be pulled from: registry.example, docker.io/library; none: only the question is asked.',
        zh: '允许拉取的仓库或其中的路径，例如 registry.example、docker.io/library；为空时只提问。',
      },
    },
  },
  question,

  judge(engine, context) {
    const { registries } = context.parameters;
    if (registries.length === 0) return answeredByPerson(context, question);
    const pulled = pulledImages(engine, context.machine);
    if (!pulled.known) return unknownFrom(pulled);
    const strangers = pulled.value.filter(({ origins }) => !origins.some((origin) => isNamedBy(origin, registries)));
    if (strangers.length === 0) return answeredByPerson(context, question);
    const list = listed(strangers.map(({ name }) => name));
    return fail(
      { en: `Pulled from elsewhere: ${list.en}.`, zh: `来自名单之外：${list.zh}。` },
      evidenceOf(pulled, registriesOf(strangers), `${pulled.path} RepoDigests`),
    );
  },

  remedy() {
    return byHand({
      en: 'Let an authorization plugin or an outgoing proxy refuse every registry that is not on the list; a rule for names alone is not enough, as images can be loaded and built too.',
      zh: '由授权插件或出站代理拒绝名单之外的所有仓库；仅按名称限制并不足够，因为镜像还可以导入或构建。',
    });
  },
});
