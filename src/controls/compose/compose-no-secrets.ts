import type { ComposeProject } from '../../model/compose-project.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { secretRule } from '../container/secret-rules.ts';
import { type WrittenSecret, writtenSecrets } from './written-secret.ts';

export const composeNoSecrets = defineControl({
  id: 'compose-no-secrets',
  subject: 'compose-project',
  severity: 'high',
  title: {
    en: 'No secret stands in a Compose file or in its files of variables',
    zh: 'Compose 文件及其变量文件中不含明文机密',
  },
  why: {
    en: 'These files are copied, committed and shown to everybody who works on the project. What a build is given as an argument also stays in the history of the image.',
    zh: '这些文件会被复制、提交到版本库，参与项目的人都能看到。作为构建参数传入的内容还会留在镜像的历史记录中。',
  },
  how: {
    en: 'Looks at build arguments, driver and logging options, labels of networks, volumes and builds, the content of configs, hooks, extension fields, and the variables of .env and of env_file. What a service has as its own environment, command, labels and health check is judged with the container. A value counts when it has the form of a known token, key or URL with a password, or when its name says that it is a secret and it is neither empty nor a path, a switch or a variable. Only names and rules are reported, never values.',
    zh: '检查构建参数、驱动与日志选项、网络和卷及构建的标签、configs 的内容、钩子、扩展字段，以及 .env 和 env_file 中的变量。服务自身的环境变量、启动命令、标签和健康检查随容器一并检查。值符合已知令牌、密钥或含密码 URL 的格式，或名称表明是机密且值不是空、路径、开关或变量引用时，判为未通过。只报告名称和规则，绝不输出值。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    links: ['https://docs.docker.com/compose/how-tos/use-secrets/'],
  },
  counterexample: {
    bad: `services:
  web:
    build:
      context: .
      args:
        NPM_PASSWORD: hunter2
`,
    good: `services:
  web:
    build:
      context: .
      secrets:
        - npm_password
secrets:
  npm_password:
    file: ./npm_password.txt
`,
  },

  judge(project) {
    const found = [...writtenSecrets(project), ...fileSecrets(project)];
    if (found.length > 0) {
      return found.map(({ name, rule, location }) =>
        failAt({ en: `${name} holds a secret in plain text.`, zh: `${name} 含有明文机密。` }, location, { name, rule }),
      );
    }
    return pass({
      en: 'Beside its services, it and its files of variables hold nothing that looks like a secret.',
      zh: '除服务自身的内容外，该文件及其变量文件中未发现疑似机密的内容。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Replace the secret with a new one, as this one has been seen. Hand it to a container as a Compose secret from a file that is not committed, and to a build as a build secret; keep .env out of the repository and out of the image.',
        zh: '该机密已经暴露，应先更换。容器所需的机密请用 Compose 的 secrets 从未提交的文件传入，构建所需的机密请用构建机密传入；.env 不要提交到版本库，也不要放进镜像。',
      },
      [],
      'recreate',
    );
  },
});

/** Variables of files that no service takes over: those are judged with its container. */
function fileSecrets({ environmentFiles }: ComposeProject): WrittenSecret[] {
  return environmentFiles.flatMap(({ variables }) =>
    variables.flatMap(({ name, value, location, services }) => {
      const rule = services ? undefined : secretRule(name, value.reveal());
      return rule === undefined ? [] : [{ name, rule, location }];
    }),
  );
}
