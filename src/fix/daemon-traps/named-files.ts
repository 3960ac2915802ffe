import { isObject, type JsonObject } from '../../model/json.ts';
import { type Finding, isBefore, type Situation, someOf, start, textOf, use } from './situation.ts';

/** A profile of system calls that dockerd, or every container, does not start with. */
export function seccompProfile(situation: Situation): Finding[] {
  const path = textOf(situation, 'seccomp-profile');
  if (path === undefined) return [];
  const keys = ['seccomp-profile'];
  if (path === 'builtin' || path === 'unconfined') {
    if (isBefore(situation, [23, 0]) !== true) return [];
    return [
      start(
        keys,
        {
          en: `before Docker Engine 23.0, ${path} is read as the name of a file, and dockerd does not start`,
          zh: `Docker Engine 23.0 之前会把 ${path} 当作文件名，dockerd 无法启动`,
        },
        {
          en: 'Take seccomp-profile out: the built-in profile then holds.',
          zh: '请移除 seccomp-profile，届时使用内置配置。',
        },
      ),
    ];
  }
  const content = situation.file(path);
  if (content === undefined) return [];
  const advice = {
    en: 'Put the profile in place first, or take seccomp-profile out.',
    zh: '请先放好配置文件，或移除 seccomp-profile。',
  };
  if (content === null) {
    return [
      start(
        keys,
        {
          en: `seccomp-profile: there is no ${path}, and dockerd does not start`,
          zh: `seccomp-profile：${path} 不存在，dockerd 无法启动`,
        },
        advice,
      ),
    ];
  }
  return isProfile(content.bytes)
    ? []
    : [
        use(
          keys,
          {
            en: `seccomp-profile: ${path} is no profile in JSON, and no container starts with it`,
            zh: `seccomp-profile：${path} 不是 JSON 格式的配置，容器会因此无法启动`,
          },
          advice,
        ),
      ];
}

function isProfile(bytes: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes, 'base64').toString('utf8'));
    return typeof value === 'object' && value !== null && 'defaultAction' in value;
  } catch {
    return false;
  }
}

/** Runtimes that are not there, or that have a name that dockerd keeps for itself. */
export function runtimes(situation: Situation): Finding[] {
  // Those of the command line are added to them.
  const value = situation.after.runtimes;
  const named: JsonObject = isObject(value) ? value : {};
  const added = new Set(
    situation.arguments.flatMap((each) => /^(?:--add-runtime=)?([\w.-]+)=\//.exec(each)?.[1] ?? []),
  );
  const findings: Finding[] = [];
  if (Object.hasOwn(named, 'runc')) {
    findings.push(
      start(
        ['runtimes'],
        {
          en: 'runtimes names runc, which dockerd keeps for itself: it does not start',
          zh: 'runtimes 中出现 runc，该名称由 dockerd 保留，dockerd 无法启动',
        },
        { en: 'Give the runtime another name.', zh: '请为该运行时换一个名称。' },
      ),
    );
  }
  const chosen = textOf(situation, 'default-runtime') ?? 'runc';
  const isShim = chosen.startsWith('io.containerd.') && isBefore(situation, [23, 0]) === false;
  if (chosen !== 'runc' && !isShim && !Object.hasOwn(named, chosen) && !added.has(chosen)) {
    findings.push(
      start(
        ['default-runtime', 'runtimes'],
        {
          en: `default-runtime is ${chosen}, which is not among runtimes: dockerd does not start`,
          zh: `default-runtime 为 ${chosen}，但 runtimes 中没有它，dockerd 无法启动`,
        },
        {
          en: 'Add the runtime to runtimes, or name one that is there.',
          zh: '请在 runtimes 中添加该运行时，或改用已有的。',
        },
      ),
    );
  }
  const missing = Object.entries(named).filter(([, each]) => isObject(each) && isMissing(situation, each.path));
  if (missing.length > 0) {
    const shown = someOf(missing.map(([name]) => name));
    findings.push(
      use(
        missing.some(([name]) => name === chosen) ? ['runtimes', 'default-runtime'] : ['runtimes'],
        {
          en: `the program of the runtime ${shown.en} is not there: no container that uses it starts`,
          zh: `运行时 ${shown.zh} 的程序不存在，使用它的容器无法启动`,
        },
        { en: 'Install it first, or correct its path.', zh: '请先安装，或改正其路径。' },
      ),
    );
  }
  const lost = situation.containers.filter(
    ({ runtime }) => isOwnName(runtime) && !Object.hasOwn(named, runtime) && !added.has(runtime),
  );
  if (lost.length > 0 && situation.isChanged('runtimes')) {
    const shown = someOf(lost.map(({ name }) => name));
    findings.push(
      use(
        ['runtimes'],
        {
          en: `${shown.en} would lose the runtime that it was created with, and not start again`,
          zh: `${shown.zh} 将失去创建时所用的运行时，无法再次启动`,
        },
        { en: 'Keep the runtime until these containers are re-created.', zh: '请在重建这些容器之前保留该运行时。' },
      ),
    );
  }
  return findings;
}

function isOwnName(runtime: string | undefined): runtime is string {
  return runtime !== undefined && runtime !== '' && runtime !== 'runc' && !runtime.startsWith('io.containerd.');
}

function isMissing(situation: Situation, path: unknown): boolean {
  return typeof path === 'string' && path.startsWith('/') && situation.file(path) === null;
}

/** Programs and sockets by their paths. */
export function namedPrograms(situation: Situation): Finding[] {
  const findings: Finding[] = [];
  const init = textOf(situation, 'init-path');
  if (init !== undefined && isMissing(situation, init)) {
    findings.push(
      use(
        ['init-path', 'init'],
        {
          en: `init-path: there is no ${init}, and no container with an init starts`,
          zh: `init-path：${init} 不存在，启用 init 的容器无法启动`,
        },
        { en: 'Take init-path out, or correct it.', zh: '请移除或改正 init-path。' },
      ),
    );
  }
  const proxy = textOf(situation, 'userland-proxy-path');
  if (proxy !== undefined && situation.setting('userland-proxy') !== false && isMissing(situation, proxy)) {
    const reason = {
      en: `userland-proxy-path: there is no ${proxy}, and no port can be published`,
      zh: `userland-proxy-path：${proxy} 不存在，无法发布端口`,
    };
    const advice = { en: 'Take userland-proxy-path out, or correct it.', zh: '请移除或改正 userland-proxy-path。' };
    const keys = ['userland-proxy-path', 'userland-proxy'];
    // From 23.0 on dockerd looks for it when it starts.
    findings.push(isBefore(situation, [23, 0]) === true ? use(keys, reason, advice) : start(keys, reason, advice));
  }
  const containerd = textOf(situation, 'containerd');
  if (containerd !== undefined && isMissing(situation, containerd.replace(/^unix:\/\//, ''))) {
    findings.push(
      start(
        ['containerd'],
        {
          en: `containerd: there is no ${containerd}, and dockerd waits for it until it gives up`,
          zh: `containerd：${containerd} 不存在，dockerd 会一直等待直至放弃`,
        },
        { en: 'Take containerd out, or name its socket.', zh: '请移除 containerd，或写明其套接字。' },
      ),
    );
  }
  return findings;
}
