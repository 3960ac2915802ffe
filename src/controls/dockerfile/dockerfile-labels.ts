import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, lineage, type PairsInstruction } from '../../model/dockerfile.ts';
import type { JsonObject } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { expectedOf, isLabelType, type LabelType, typeOfLabel } from './label-values.ts';
import { type Place, verdictsAt } from './places.ts';

const none: readonly string[] = [];
const noSchema: JsonObject = {};

export const dockerfileLabels = defineControl({
  id: 'dockerfile-labels',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'Labels have valid keys and say what their keys promise', zh: '标签的键有效，值符合键的含义' },
  why: {
    en: 'Registries, scanners and people find the source, the license and the version of an image by its labels. A key that nobody asks for or a value that nobody can read is lost.',
    zh: '镜像仓库、扫描工具和人员依靠标签查找镜像的源码、许可证和版本。键无人查询或值无法解析，标签就失去作用。',
  },
  how: {
    en: 'A key is made of small letters, digits, dots and hyphens, begins with a letter, and is not in a namespace that Docker keeps for itself. Values of org.opencontainers.image.* and of keys in the schema have the form that their meaning asks for, and are not empty. A value with a variable is left to the build. Required labels are looked for in the stages that the image is made of.',
    zh: '键由小写字母、数字、点和连字符组成，以字母开头，且不在 Docker 保留的命名空间中。org.opencontainers.image.* 与 schema 中各键的值须符合其含义的格式且不为空；含变量的值由构建决定，不作判断。必需的标签在构成镜像的各阶段中查找。',
  },
  references: {
    aliases: [
      'dockerfile-lynis-maintainer',
      'DL3048',
      'DL3049',
      'DL3050',
      'DL3051',
      'DL3052',
      'DL3053',
      'DL3054',
      'DL3055',
      'DL3056',
      'DL3058',
    ],
    links: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md'],
  },
  parameters: {
    required: {
      default: none,
      description: { en: 'Keys of labels that every image must have.', zh: '每个镜像必须具备的标签键。' },
    },
    schema: {
      default: noSchema,
      description: {
        en: 'By key what the value must be: text, url, rfc3339, spdx, hash, semver, email, image or digest.',
        zh: '各键的值类型：text、url、rfc3339、spdx、hash、semver、email、image 或 digest。',
      },
    },
    onlyKnown: {
      default: false,
      description: {
        en: 'Refuse labels that are neither required nor in the schema.',
        zh: '不允许既非必需又不在 schema 中的标签。',
      },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nLABEL org.opencontainers.image.licenses="Apache License 2.0"\n',
    good: 'FROM debian:13\nLABEL org.opencontainers.image.licenses="Apache-2.0"\n',
  },

  judge(dockerfile, { parameters: { required, schema, onlyKnown } }) {
    const wanted = (key: string): LabelType | undefined => {
      const type = Object.hasOwn(schema, key) ? schema[key] : undefined;
      return isLabelType(type) ? type : (typeOfLabel(key) ?? (required.includes(key) ? 'text' : undefined));
    };
    const isSuperfluous = (key: string) => onlyKnown && !required.includes(key) && !Object.hasOwn(schema, key);
    const labels = labelsOf(dockerfile);
    const places = labels.flatMap(({ name, value }): Place[] => {
      const key = name.value;
      if (key === undefined) return [];
      const fault = faultOfKey(key) ?? (isSuperfluous(key) ? superfluous(key) : undefined);
      if (fault) return [{ span: name.span, value: key, message: fault }];
      const type = wanted(key);
      const wrong = type && !value?.variable && faultOfValue(key, type, value?.value ?? '');
      return wrong ? [{ span: value?.span ?? name.span, value: key, message: wrong }] : [];
    });
    return verdictsAt(dockerfile, [...places, ...missing(dockerfile, required)], {
      en: 'Every label has a valid key and value.',
      zh: '所有标签的键和值均有效。',
    });
  },

  remedy() {
    return byHand(
      { en: 'Write the label as its key asks for.', zh: '按键的要求填写标签。' },
      [
        'LABEL org.opencontainers.image.source="https://git.example/shop/web"',
        'LABEL org.opencontainers.image.licenses="Apache-2.0"',
      ],
      'rebuild',
    );
  },
});

function labelsOf({ instructions }: Pick<Dockerfile, 'instructions'>): PairsInstruction['pairs'] {
  return instructionsOf(instructions, ['label'], { onbuild: true }).flatMap(({ pairs }) => pairs);
}

/** Docker documents some of its own keys for makers of extensions. */
function faultOfKey(key: string): Text | undefined {
  if (/^(?:com|io)\.docker\.|^org\.dockerproject\./.test(key) && !/^com\.docker\.(?:desktop\.)?extension\./.test(key)) {
    return { en: `The namespace of ${key} is reserved.`, zh: `${key} 的命名空间是保留的。` };
  }
  const isValid = /^[a-z][a-z0-9.-]*$/.test(key) && !/[.-]$|\.\.|--/.test(key);
  return isValid ? undefined : { en: `${key} is no valid key of a label.`, zh: `${key} 不是有效的标签键。` };
}

function superfluous(key: string): Text {
  return { en: `The label ${key} is not a known one.`, zh: `标签 ${key} 不在已知之列。` };
}

/** The value itself is not shown: a URL may carry a login. */
function faultOfValue(key: string, type: LabelType, value: string): Text | undefined {
  if (value.trim() === '') return { en: `The label ${key} is empty.`, zh: `标签 ${key} 为空。` };
  const expected = expectedOf(type, value);
  return expected && { en: `The label ${key} is not ${expected.en}.`, zh: `标签 ${key} 不是${expected.zh}。` };
}

function missing(dockerfile: Dockerfile, required: readonly string[]): Place[] {
  const { target } = dockerfile;
  if (!target) return [];
  const instructions = lineage(dockerfile).flatMap((stage) => stage.instructions);
  const present = new Set(labelsOf({ instructions }).map(({ name }) => name.value ?? name.text));
  return required
    .filter((key) => !present.has(key))
    .map((key) => ({
      span: target.from.keywordSpan,
      value: key,
      message: { en: `The label ${key} is missing.`, zh: `缺少标签 ${key}。` },
    }));
}
