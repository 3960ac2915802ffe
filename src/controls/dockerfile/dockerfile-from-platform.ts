import { defineControl } from '../../model/control.ts';
import type { Dockerfile, FromInstruction, Stage } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';

export const dockerfileFromPlatform = defineControl({
  id: 'dockerfile-from-platform',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'FROM leaves the platform to the build', zh: 'FROM 将平台留给构建决定' },
  why: {
    en: 'A platform that is written down makes images of that one platform, whatever is built for, and runs under slow emulation elsewhere.',
    zh: '写死平台后，无论为哪个平台构建，得到的都是该平台的镜像，在其他平台上只能以缓慢的模拟方式运行。',
  },
  how: {
    en: 'Reads --platform of every FROM. A constant fails, unless the stage says by its name for which platform it is. TARGETPLATFORM alone fails as it is what holds anyway. Any other variable passes.',
    zh: '检查每个 FROM 的 --platform。常量判为未通过，除非阶段名称表明其所属平台。单独的 TARGETPLATFORM 是默认值，属多余，也判为未通过。其他变量通过。',
  },
  references: {
    aliases: ['DL3029', 'DL3065'],
    links: ['https://docs.docker.com/build/building/multi-platform/'],
  },
  counterexample: {
    bad: 'FROM --platform=linux/amd64 debian:13\n',
    good: 'FROM --platform=$BUILDPLATFORM debian:13\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No FROM fixes or repeats the platform.',
      zh: '没有写死或重复平台的 FROM。',
    });
  },

  remedy({ text, ...dockerfile }, _context, failure) {
    const place = placeOf(places({ ...dockerfile, text }), failure);
    if (!place?.isRedundant || !failure.span) {
      return byHand(
        {
          en: 'Leave --platform out, and name the platform when the image is built.',
          zh: '去掉 --platform，在构建镜像时指定平台。',
        },
        ['docker build --platform linux/amd64 .'],
        'rebuild',
      );
    }
    const { start, end } = failure.span;
    const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    return editText([{ start, end: end + blanks, text: '' }], { en: 'Leave it out.', zh: '去掉该选项。' });
  },
});

function places({ stages }: Dockerfile): readonly (Place & { readonly isRedundant: boolean })[] {
  return stages.flatMap((stage) => {
    const { platform, flags } = stage.from;
    const flag = flags.find(({ name }) => name === 'platform');
    if (!platform || !flag) return [];
    const isRedundant = /^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.text);
    if (!isRedundant && (platform.variable || namesPlatform(stage, platform.text))) return [];
    return [
      {
        isRedundant,
        span: flag.span,
        value: platform.text,
        message: isRedundant
          ? { en: 'It names the platform that holds anyway.', zh: '写明的正是默认平台。' }
          : { en: `The platform is fixed to ${platform.text}.`, zh: `平台被写死为 ${platform.text}。` },
      },
    ];
  });
}

/** `AS build-arm64`: one stage for each platform, chosen by a variable further down. */
function namesPlatform({ name }: Stage, platform: FromInstruction['image']['text']): boolean {
  const parts = platform.toLowerCase().split('/');
  return name !== undefined && parts.some((part) => part !== '' && name.includes(part));
}
