import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { inspected, isListed, repositoriesOf } from './names-of-image.ts';

export const imageTrustedSource = defineControl({
  id: 'image-trusted-source',
  subject: 'image',
  severity: 'high',
  title: { en: 'Images in use come from registries on the list', zh: '在用镜像来自清单中的镜像仓库' },
  why: {
    en: 'What runs is what the registry handed out. In a registry or repository that nobody watches, whoever owns or takes over the account decides what that is.',
    zh: '运行的内容取决于镜像仓库提供了什么。在无人监管的镜像仓库中，这由账号的所有者或盗用者决定。',
  },
  how: {
    en: 'Of images that containers were made from, every repository that the engine knows them by must be on the list. An entry is a registry or the beginning of a name up to a slash, with * for any text; in the name of a registry it stands for no slash. Images that were only built here come from nowhere; without a list nothing is asked.',
    zh: '对已创建容器的镜像，引擎记录的每个来源仓库都须在清单中。清单项是镜像仓库，或镜像名中到某个斜线为止的前缀；* 代表任意文本，在镜像仓库名中不跨越斜线。仅在本机构建的镜像没有外部来源；未设清单则不检查。',
  },
  references: {
    cisDocker: ['4.2'],
    cisKubernetes: ['5.5.1'],
    nist800190: ['4.1.5'],
    links: ['https://docs.docker.com/docker-hub/image-library/trusted-content/'],
  },
  parameters: {
    registries: {
      default: [] as readonly string[],
      description: {
        en: 'Registries and repositories that images may come from: registry.example, docker.io/library, *.example/shop. Empty: not asked.',
        zh: '允许作为镜像来源的镜像仓库与仓库路径，例如 registry.example、docker.io/library、*.example/shop。留空则不检查。',
      },
    },
  },
  appliesTo: ({ usedBy }) => usedBy.length > 0,

  judge(image, { parameters: { registries } }) {
    if (registries.length === 0) {
      return notApplicable({ en: 'No list of registries is set.', zh: '未设置镜像仓库清单。' });
    }
    const repositories = repositoriesOf(image);
    const evidence = inspected('RepoDigests', repositories);
    if (repositories.length === 0) {
      return notApplicable({ en: 'It comes from no registry.', zh: '它不来自任何镜像仓库。' }, evidence);
    }
    const strange = repositories.filter((name) => !isListed(name, registries));
    if (strange.length === 0) {
      return pass({ en: 'It comes from a registry on the list.', zh: '来自清单中的镜像仓库。' }, evidence);
    }
    const names = listed(strange);
    return fail({ en: `Not on the list: ${names.en}.`, zh: `不在清单中：${names.zh}。` }, evidence, 'digests');
  },

  remedy() {
    return byHand(
      {
        en: 'Use an image from a registry on the list, or review this one and copy it there.',
        zh: '改用清单中镜像仓库的镜像，或审查后将其复制到其中。',
      },
      [],
      'recreate',
    );
  },
});
