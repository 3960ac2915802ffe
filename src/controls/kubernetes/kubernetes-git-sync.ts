import { defineControl } from '../../model/control.ts';
import { type JsonValue, type KeyPath, listIn, textIn } from '../../model/json.ts';
import { type PodContainerEntry, podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { withoutEntries } from './pod-security-list.ts';
import { containerWords } from './security-context.ts';

/** The variable of version 4, and that of version 3. */
const variables: ReadonlySet<string> = new Set(['GITSYNC_GIT', 'GIT_SYNC_GIT']);

export const kubernetesGitSync = defineControl({
  id: 'kubernetes-git-sync',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'git-sync runs git, and no other program', zh: 'git-sync 只运行 git，不运行其他程序' },
  why: {
    en: 'git-sync can be told to run any program in the place of git. Intruders with the right to make pods use that to run their own code in an image that everybody trusts.',
    zh: 'git-sync 可被指定运行任意程序来代替 git。拥有创建 Pod 权限的入侵者借此在受信任的镜像中运行自己的代码。',
  },
  how: {
    en: 'No container sets GITSYNC_GIT or GIT_SYNC_GIT, and no container of a git-sync image has the argument --git, unless to git itself.',
    zh: '容器不设置 GITSYNC_GIT 或 GIT_SYNC_GIT，git-sync 镜像的容器不使用 --git 参数；指向 git 本身者除外。',
  },
  references: {
    aliases: ['k8s-git-sync', 'CKV_K8S_159'],
    links: [
      'https://www.akamai.com/blog/security-research/2024-august-kubernetes-gitsync-command-injection-defcon',
      'https://github.com/kubernetes/git-sync',
    ],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: sync
      image: registry.k8s.io/git-sync/git-sync:v4.2.4
      env:
        - name: GITSYNC_REPO
          value: https://git.shop.example/web.git
        - name: GITSYNC_GIT
          value: /tmp/payload
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: sync
      image: registry.k8s.io/git-sync/git-sync:v4.2.4
      env:
        - name: GITSYNC_REPO
          value: https://git.shop.example/web.git
`,
  },
  appliesTo: ({ pod }) => containersOf(pod).some(isGitSync),

  judge(object) {
    const entries = containersOf(object.pod);
    const breaches = entries.flatMap((entry) => [...wrongVariables(entry), ...wrongArguments(entry)]);
    return verdictsOn(breaches, object, { en: 'It runs git.', zh: '它运行的是 git。' });
  },

  remedy({ pod }) {
    return containersOf(pod).every((entry) => wrongArguments(entry).length === 0)
      ? changeObject(fieldsFor(pod), {
          en: 'Take the variable away: git-sync then runs the git of its image.',
          zh: '去掉该变量：git-sync 会运行镜像自带的 git。',
        })
      : byHand({ en: 'Take the argument --git away.', zh: '去掉 --git 参数。' });
  },
});

function containersOf(pod: PodTemplate | undefined): readonly PodContainerEntry[] {
  return pod ? podContainers(pod) : [];
}

function isGitSync(entry: PodContainerEntry): boolean {
  return /git-sync/.test(textIn(entry.value, 'image') ?? '') || wrongVariables(entry).length > 0;
}

function isWrongVariable(variable: JsonValue): boolean {
  return variables.has(textIn(variable, 'name') ?? '') && !isGit(textIn(variable, 'value'));
}

function isGit(program: JsonValue | undefined): boolean {
  return program === 'git' || program === '/usr/bin/git';
}

function wrongVariables(entry: PodContainerEntry): Breach[] {
  return listIn(entry.value, 'env').flatMap((variable, index) =>
    isWrongVariable(variable) ? [breach(entry, [...entry.path, 'env', index])] : [],
  );
}

function wrongArguments(entry: PodContainerEntry): Breach[] {
  if (!isGitSync(entry)) return [];
  return ['command', 'args'].flatMap((list) => {
    const words = listIn(entry.value, list);
    return words.flatMap((word, index): Breach[] => {
      const found = typeof word === 'string' ? /^--?git(?:=(.*))?$/s.exec(word) : null;
      const program = found?.[1] ?? words[index + 1];
      return found && !isGit(program) ? [breach(entry, [...entry.path, list, index])] : [];
    });
  });
}

function breach(entry: PodContainerEntry, path: KeyPath): Breach {
  const { en, zh } = containerWords(entry);
  return {
    path,
    value: null,
    message: { en: `${en} runs another program in the place of git.`, zh: `${zh} 以其他程序代替 git 运行。` },
  };
}

function fieldsFor(pod: PodTemplate | undefined) {
  return containersOf(pod).flatMap(({ value, path }) =>
    withoutEntries([...path, 'env'], listIn(value, 'env'), isWrongVariable),
  );
}
