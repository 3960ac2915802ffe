import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { PackageCall } from './package-calls.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { instructionsBefore, runsOf } from './run-instructions.ts';

export const dockerfilePinGo = defineControl({
  id: 'dockerfile-pin-go',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Go packages have a version', zh: 'Go 软件包写明版本' },
  why: {
    en: 'Without a version Go fetches the newest one of the minute: two builds differ, and a version that was taken over by somebody else gets in at once.',
    zh: '不写版本时，Go 会获取当时最新的版本：两次构建结果不同，被他人劫持的版本也会立即进入镜像。',
  },
  how: {
    en: 'What go install, go get and go run fetch from elsewhere has a version or a commit behind @, not latest or a branch. go install without @ takes the version from go.mod, so it is only judged where nothing before it can have brought a go.mod: no COPY or ADD, no bind mount, no checkout.',
    zh: 'go install、go get 和 go run 从外部获取的内容在 @ 之后带有版本或提交，而不是 latest 或分支名。不带 @ 的 go install 从 go.mod 取得版本，因此仅当此前不可能带入 go.mod（没有 COPY、ADD、bind 挂载或检出代码）时才判断。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3062'],
    links: ['https://go.dev/ref/mod#go-install'],
  },
  counterexample: {
    bad: 'FROM golang:1.25\nRUN go install golang.org/x/tools/cmd/stringer@latest\n',
    good: 'FROM golang:1.25\nRUN go install golang.org/x/tools/cmd/stringer@v0.36.0\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every Go package that is fetched has a version.',
      zh: '获取的 Go 软件包都写明了版本。',
    });
  },

  remedy() {
    return byHand({ en: 'Write path@version.', zh: '写作 path@version。' }, ['go list -m -versions MODULE']);
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(
    dockerfile,
    ['go'],
    (name, call) => isPinned(name) ?? mayHaveModule(dockerfile, call),
    ({ action }) => action === 'install' || action === 'get' || action === 'run',
  );
}

/** Undefined where go.mod says. */
function isPinned(name: string): boolean | undefined {
  const [path = '', version] = name.split('@');
  if (!/^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//.test(path)) return true;
  if (version === undefined) return undefined;
  return isDynamic(version) || /^v\d|^[0-9a-f]{7,}$|\d/.test(version);
}

/** Whether a go.mod may say which version is meant; `go get` changes it to the newest one, whatever it says. */
function mayHaveModule(dockerfile: Dockerfile, { action, run, command }: PackageCall): boolean {
  if (action === 'get') return false;
  const before = instructionsBefore(dockerfile, run);
  if (instructionsOf(before, ['copy', 'add']).length > 0) return true;
  return [...runsOf(before), run].some(
    (each) =>
      each.mounts.some(({ type }) => type === undefined || type === 'bind') ||
      commandsOf(each).some(
        ({ program, words, span }) =>
          span.start < command.span.start &&
          (/^(?:git|tar|unzip|curl|wget|svn|hg)$/.test(program) || (program === 'go' && words[1]?.text === 'mod')),
      ),
  );
}
