import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, lineage, type Word } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, notApplicable, pass, unknown } from '../../model/verdict.ts';

export const dockerfileUserNumeric = defineControl({
  id: 'dockerfile-user-numeric',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'The image names its user by a number', zh: '镜像以数字 UID 指定用户' },
  why: {
    en: 'Kubernetes cannot look a name up in the image: with runAsNonRoot and no runAsUser it refuses to start the container.',
    zh: 'Kubernetes 无法在镜像中查找用户名：设置了 runAsNonRoot 而没有 runAsUser 时，会拒绝启动容器。',
  },
  how: {
    en: 'Reads the last USER of the stages that the image is made of, variables replaced. The group may have a name. root is left to the control that asks for another user, and users of Windows have no numbers.',
    zh: '检查构成镜像的各阶段中最后一个 USER，变量已替换。组可以用名称。root 由要求非 root 用户的控制项负责；Windows 用户没有数字编号。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DL3066'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  },
  counterexample: {
    bad: 'FROM node:22\nUSER node\n',
    good: 'FROM node:22\nUSER 1000\n',
  },

  judge(dockerfile) {
    const word = lastUser(dockerfile);
    if (!word) return notApplicable({ en: 'It sets no user.', zh: '未设置用户。' });
    const user = (word.value ?? word.text).replace(/:.*$/s, '');
    if (/\$/.test(user)) {
      return unknown(
        { en: `Which user ${word.text} is, is not known.`, zh: `无法确定 ${word.text} 是哪个用户。` },
        { en: 'a default value for its ARG', zh: '为相应的 ARG 提供默认值' },
        { source: 'file', path: 'USER', value: word.text },
      );
    }
    if (user === '' || user === 'root' || /^Container(?:Administrator|User)$|\\/i.test(word.text)) {
      return notApplicable({ en: 'A number would say no more.', zh: '此处无需使用数字。' });
    }
    if (/^\d+$/.test(user)) return pass({ en: 'Its user is a number.', zh: '用户以数字指定。' });
    return failAt(
      { en: `The user ${user} is a name.`, zh: `用户 ${user} 是名称。` },
      dockerfile.locate(word.span),
      word.text,
      word.span,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Write the number that the user has in /etc/passwd of the image.',
        zh: '改写为该用户在镜像 /etc/passwd 中的编号。',
      },
      ['docker run --rm --entrypoint id IMAGE'],
      'rebuild',
    );
  },
});

function lastUser(dockerfile: Dockerfile): Word | undefined {
  const instructions = lineage(dockerfile)
    .toReversed()
    .flatMap((stage) => stage.instructions);
  return instructionsOf(instructions, ['user']).at(-1)?.words[0];
}
