import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, stageNamed } from '../../model/dockerfile.ts';
import { matchesGlob } from '../../model/glob.ts';
import { canonicalName, parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import type { Span } from '../../model/source-text.ts';
import { failAt, notApplicable, pass, unknown } from '../../model/verdict.ts';

interface UsedImage {
  readonly text: string;
  /** Absent when a variable in it has no value. */
  readonly reference?: string;
  readonly span: Span;
}

const none: readonly string[] = [];

export const dockerfileFromTrusted = defineControl({
  id: 'dockerfile-from-trusted',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'Images come from registries on the list', zh: '镜像来自清单中的镜像仓库' },
  why: {
    en: 'A base image decides most of what runs. From a registry that nobody watches comes whatever its owner, or whoever took over the account, puts there.',
    zh: '基础镜像决定了运行内容的绝大部分。无人监管的镜像仓库里有什么，全由其所有者或盗用账号的人决定。',
  },
  how: {
    en: 'Compares every image of FROM and of COPY --from, its variables replaced by the defaults of ARG, with the list. An entry is a registry or the beginning of a name up to a slash, with * for any text: registry.example, docker.io/library, *.example/shop. Without a list nothing is asked.',
    zh: '将 FROM 与 COPY --from 引用的每个镜像（变量以 ARG 默认值替换）与清单比对。清单项是镜像仓库，或镜像名中到某个斜线为止的前缀，* 代表任意文本，例如 registry.example、docker.io/library、*.example/shop。未设清单则不检查。',
  },
  references: {
    cisDocker: ['4.2'],
    nist800190: ['4.1.5'],
    aliases: ['dockerfile-allowed-registry', 'DL3026'],
    links: ['https://docs.docker.com/docker-hub/image-library/trusted-content/'],
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

  judge(file, { parameters: { registries } }) {
    if (registries.length === 0) {
      return notApplicable({ en: 'No list of registries is set.', zh: '未设置镜像仓库清单。' });
    }
    const images = imagesOf(file);
    const failures = images.flatMap(({ reference, span }) => {
      const parsed = reference === undefined ? undefined : parseImageReference(reference);
      if (!parsed || registries.some((pattern) => isFrom(pattern, canonicalName(parsed)))) return [];
      const name = canonicalName(parsed);
      return [failAt({ en: `${name} is not on the list.`, zh: `${name} 不在清单中。` }, file.locate(span), name, span)];
    });
    if (failures.length > 0) return failures;
    if (images.length === 0) return notApplicable({ en: 'It uses no image.', zh: '未使用任何镜像。' });
    const open = images.find(({ reference }) => reference === undefined || !parseImageReference(reference));
    return open
      ? unknown(
          { en: `What ${open.text} stands for is not known.`, zh: `无法确定 ${open.text} 代表哪个镜像。` },
          { en: 'a default value for its ARG', zh: '为相应的 ARG 提供默认值' },
          { source: 'file', path: 'FROM', value: open.text },
        )
      : pass(
          { en: 'All images come from registries on the list.', zh: '所有镜像均来自清单中的镜像仓库。' },
          { source: 'file', path: 'FROM', value: images.map(({ text }) => text) },
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Use an image from a registry on the list, or mirror this one there after a review.',
        zh: '改用清单中镜像仓库的镜像，或审查后将该镜像同步到其中。',
      },
      [],
      'rebuild',
    );
  },
});

function imagesOf({ stages, instructions }: Dockerfile): UsedImage[] {
  const bases = stages.flatMap(({ base, from: { image } }): UsedImage[] =>
    base.kind === 'image'
      ? [{ text: image.text, span: image.span, ...(base.reference === undefined ? {} : { reference: base.reference }) }]
      : [],
  );
  const copied = instructionsOf(instructions, ['copy'], { onbuild: true }).flatMap(({ from }): UsedImage[] => {
    // A name that is neither a stage nor a path may be a build context of the command line.
    if (!from || stageNamed({ stages }, from.value ?? from.text) || !/[/:@]/.test(from.value ?? '')) return [];
    return [{ text: from.text, span: from.span, ...(from.value === undefined ? {} : { reference: from.value }) }];
  });
  return [...bases, ...copied];
}

function isFrom(pattern: string, name: string): boolean {
  const prefix = pattern.replace(/\/+$/, '');
  return matchesGlob(prefix, name) || matchesGlob(`${prefix}/*`, name);
}
