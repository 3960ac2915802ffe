import { defineControl } from '../../model/control.ts';
import { type Dockerfile, stageNamed } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { stageSources } from './stage-sources.ts';

export const dockerfileCopyFromSelf = defineControl({
  id: 'dockerfile-copy-from-self',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'No stage copies from itself', zh: '阶段不从自身复制' },
  why: {
    en: 'A stage is not there before it is built: the build refuses the file, or takes another image of that name.',
    zh: '阶段在构建完成之前并不存在：构建会拒绝该文件，或取用另一个同名镜像。',
  },
  how: {
    en: 'No --from of COPY or of RUN --mount names the stage in which it stands, neither by its name nor by its number.',
    zh: 'COPY 与 RUN --mount 的 --from 不以名称或编号引用其所在的阶段。',
  },
  references: {
    aliases: ['DL3023', 'DS-0006'],
    links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  },
  counterexample: {
    bad: 'FROM debian:13 AS web\nCOPY --from=web /etc/web.conf /srv/\n',
    good: 'FROM debian:13 AS web\nRUN cp /etc/web.conf /srv/\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No stage copies from itself.',
      zh: '没有从自身复制的阶段。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Name the stage that has the files; what is in this stage already is copied by RUN cp.',
        zh: '写明文件所在的阶段；已在本阶段中的文件用 RUN cp 复制。',
      },
      [],
      'rebuild',
    );
  },
});

function places(dockerfile: Dockerfile): readonly Place[] {
  return stageSources(dockerfile)
    .filter(({ name, stage, onbuild }) => !onbuild && stageNamed(dockerfile, name)?.index === stage)
    .map(({ name, span }) => ({
      span,
      value: name,
      message: { en: `${name} is this very stage.`, zh: `${name} 就是本阶段自身。` },
    }));
}
