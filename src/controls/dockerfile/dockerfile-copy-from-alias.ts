import { defineControl } from '../../model/control.ts';
import { type Dockerfile, stageNamed } from '../../model/dockerfile.ts';
import { parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { type Place, verdictsAt } from './places.ts';
import { type StageSource, stageSources } from './stage-sources.ts';

const none: readonly string[] = [];

/** BuildKit's own: the empty image, and the files that the build is given. */
const builtIn: ReadonlySet<string> = new Set(['scratch', 'context']);

export const dockerfileCopyFromAlias = defineControl({
  id: 'dockerfile-copy-from-alias',
  subject: 'dockerfile',
  severity: 'low',
  title: {
    en: 'What is copied from is an earlier stage, or an image with its version',
    zh: '复制来源是前面的阶段，或带版本的镜像',
  },
  why: {
    en: 'A name that is no stage is taken for an image: a misspelt one fetches the latest image of that name from the registry, whoever owns it.',
    zh: '不是阶段的名称会被当作镜像：拼错的名称会从镜像仓库拉取同名镜像的 latest，无论其所有者是谁。',
  },
  how: {
    en: 'Reads --from of COPY and of RUN --mount. The name or number of an earlier stage passes, an image with a tag or a digest does, and so does a listed build context. Any other name fails: nothing in the file says what it is.',
    zh: '检查 COPY 与 RUN --mount 的 --from。前面阶段的名称或编号、带 tag 或 digest 的镜像、已列出的构建上下文均通过；其他名称在文件中没有依据，判为未通过。',
  },
  references: {
    aliases: ['DL3022'],
    links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  },
  parameters: {
    contexts: {
      default: none,
      description: {
        en: 'Names that builds are given by --build-context.',
        zh: '构建时通过 --build-context 提供的名称。',
      },
    },
  },
  counterexample: {
    bad: 'FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=bulid /web /web\n',
    good: 'FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=build /web /web\n',
  },

  judge(dockerfile, { parameters: { contexts } }) {
    const known: ReadonlySet<string> = new Set(contexts.map((name) => name.toLowerCase()));
    return verdictsAt(dockerfile, places(dockerfile, known), {
      en: 'Everything that is copied from is known.',
      zh: '所有复制来源均可确定。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Name an earlier stage, write the tag or digest of the image, or list the name of the build context.',
        zh: '写明前面的阶段，或镜像的 tag 或 digest，或将构建上下文的名称列入参数。',
      },
      [],
      'rebuild',
    );
  },
});

function places(dockerfile: Dockerfile, contexts: ReadonlySet<string>): readonly Place[] {
  return stageSources(dockerfile).flatMap((source) => {
    const message = contexts.has(source.name.toLowerCase()) ? undefined : faultOf(dockerfile, source);
    return message ? [{ span: source.span, value: source.name, message }] : [];
  });
}

function faultOf(dockerfile: Dockerfile, { name, stage: here, onbuild }: StageSource): Text | undefined {
  const stage = stageNamed(dockerfile, name);
  if (stage) {
    // What ONBUILD carries is looked up in another file.
    return stage.index <= here || onbuild
      ? undefined
      : {
          en: `The stage ${name} stands further down: not every builder finds it.`,
          zh: `阶段 ${name} 位于后面：并非所有构建工具都能找到。`,
        };
  }
  // A number without a stage is refused by the build itself.
  if (builtIn.has(name.toLowerCase()) || /^\d+$/.test(name)) return undefined;
  const image = parseImageReference(name);
  if (image ? image.tag !== undefined || image.digest !== undefined : /[:@]/.test(name)) return undefined;
  return name.includes('/')
    ? { en: `The image ${name} has no version.`, zh: `镜像 ${name} 未指明版本。` }
    : {
        en: `No stage is named ${name}, and no version says that it is an image.`,
        zh: `没有名为 ${name} 的阶段，也没有版本表明它是镜像。`,
      };
}
