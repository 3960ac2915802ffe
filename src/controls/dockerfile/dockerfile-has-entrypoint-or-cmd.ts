import { defineControl } from '../../model/control.ts';
import { instructionsOf, lineage, type Stage } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, notApplicable, pass } from '../../model/verdict.ts';

export const dockerfileHasEntrypointOrCmd = defineControl({
  id: 'dockerfile-has-entrypoint-or-cmd',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'The image says what it starts', zh: '镜像指明启动什么' },
  why: {
    en: 'Without ENTRYPOINT and CMD a container only starts where every user adds the right command, and nobody can tell from the image what it is meant to run.',
    zh: '没有 ENTRYPOINT 和 CMD 时，每个使用者都必须自行给出正确的命令才能启动容器，从镜像也看不出它应运行什么。',
  },
  how: {
    en: 'Looks for ENTRYPOINT or CMD in the stage that is built and in the stages it is built from. Only what begins with FROM scratch can fail: an image from elsewhere may bring its own. A stage whose name or labels say that it only carries files is not asked.',
    zh: '在要构建的阶段及其所基于的阶段中查找 ENTRYPOINT 或 CMD。只有从 FROM scratch 开始的镜像才会判为不通过：外部镜像可能自带启动命令。名称或标签表明仅用于携带文件的阶段不作判断。',
  },
  references: { links: ['https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact'] },
  counterexample: {
    bad: 'FROM scratch\nCOPY web /web\n',
    good: 'FROM scratch\nCOPY web /web\nENTRYPOINT ["/web"]\n',
  },

  appliesTo({ target }) {
    return target !== undefined;
  },

  judge(dockerfile) {
    const stages = lineage(dockerfile);
    const [target] = stages;
    if (!target) return notApplicable({ en: 'It builds no stage.', zh: '没有要构建的阶段。' });
    if (stages.some(startsSomething)) {
      return pass({ en: 'It says what it starts.', zh: '指明了启动什么。' });
    }
    if (stages.at(-1)?.base.kind !== 'scratch') {
      return pass({
        en: 'It names nothing itself: what it starts is inherited from its base image, which is not known here.',
        zh: '自身未指定：启动内容继承自基础镜像，此处无法得知。',
      });
    }
    if (stages.some(carriesFiles)) {
      return notApplicable({ en: 'It only carries files.', zh: '仅用于携带文件。' });
    }
    const { span } = target.from.image;
    return failAt(
      {
        en: 'It has neither ENTRYPOINT nor CMD, and nothing to inherit them from.',
        zh: '既没有 ENTRYPOINT 也没有 CMD，且无从继承。',
      },
      dockerfile.locate(span),
      target.from.image.text,
      span,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Name the program at the end of the stage. If the image only carries files, name the stage export or artifacts.',
        zh: '在该阶段末尾指定要启动的程序。若镜像仅用于携带文件，请把阶段命名为 export 或 artifacts。',
      },
      ['ENTRYPOINT ["/web"]'],
      'rebuild',
    );
  },
});

/** `CMD []` and `ENTRYPOINT []` only take away what was there. */
function startsSomething({ instructions }: Stage): boolean {
  return instructionsOf(instructions, ['entrypoint', 'cmd'], { onbuild: true }).some(({ words }) =>
    words.some(({ text }) => text.trim() !== ''),
  );
}

const exportNames =
  /(?:^|[-_.])(?:export(?:er|s|ed)?|artifacts?|binary|binaries|bins?|outputs?|out|dist|results?|reports?|coverage|files|data|bundle|packages?|sources?|schema|vendor(?:ed)?|generated?|layers?|libs?|assets|rootfs|plugin|extension|cache)(?:$|[-_.])/;
const carrierLabels =
  /^(?:operators\.operatorframework\.io\.|com\.docker\.desktop\.extension\.|io\.buildpacks\.|com\.docker\.extension\.)/;

/** What `docker build --output` writes to a folder, bundles of manifests, extensions: never run as a container. */
function carriesFiles({ name = '', instructions }: Stage): boolean {
  const labels = instructionsOf(instructions, ['label']).flatMap(({ pairs }) => pairs.map((pair) => pair.name.text));
  return exportNames.test(name) || labels.some((label) => carrierLabels.test(label));
}
