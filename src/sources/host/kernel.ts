import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { KernelFacts, SelinuxState } from '../../model/host.ts';
import { fileFailure, readIfPossible, readTextIn } from './file.ts';
import { readInstalledKernels, readRebootRequest } from './installed-kernels.ts';
import { readParameters } from './kernel-parameters.ts';
import type { Standpoint } from './standpoint.ts';

/** What the kernel can do and how it is set. `root` is the folder that the machine's file systems are looked for in. */
export function readKernel(root = '', standpoint: Standpoint = {}): KernelFacts {
  return {
    namespaces: readNamespaces(root),
    ...readParameters(root, standpoint),
    controllers: readControllers(root, standpoint),
    seccompActions: readSeccompActions(root),
    lockdown: readLockdown(root),
    modulesMustBeSigned: readFile('/sys/module/module/parameters/sig_enforce', root, (text) => /^[Y1]/.test(text), [
      null,
      '/sys/module',
    ]),
    modules: readFile('/proc/modules', root, firstWords, [[], '/proc/sys/kernel']),
    selinux: readSelinux(root, standpoint),
    installed: standpoint.files ?? readInstalledKernels(root),
    started: readStart(root),
    rebootAskedFor: standpoint.files ?? readRebootRequest(root),
  };
}

/**
 * One of the kernel's files through `parse`. Where there is no such file but the folder of its kind is there, `absent`
 * names what that means.
 */
function readFile<T>(path: string, root: string, parse: (text: string) => T, absent?: readonly [T, string]): Fact<T> {
  try {
    return known(parse(readFileSync(root + path, 'utf8').trim()), 'kernel', path);
  } catch (error) {
    if (absent && (error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync(root + absent[1])) {
      return known(absent[0], 'kernel', path);
    }
    return fileFailure(path, error);
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function firstWords(text: string): string[] {
  return text.split('\n').flatMap((line) => words(line)[0] ?? []);
}

/** `pid_for_children` and its like are no kinds of their own. */
function readNamespaces(root: string): KernelFacts['namespaces'] {
  const path = '/proc/self/ns';
  try {
    const kinds = readdirSync(root + path).filter((name) => !name.endsWith('_for_children'));
    return known(kinds.toSorted(), 'kernel', path);
  } catch (error) {
    return fileFailure(path, error);
  }
}

/**
 * The unified hierarchy lists them; version 1 has a table of all, with those that are mounted. In a container the list
 * is of what it was given.
 */
function readControllers(root: string, { files }: Standpoint): KernelFacts['controllers'] {
  const unified = files ?? readFile('/sys/fs/cgroup/cgroup.controllers', root, words);
  if (unified.known) return unified;
  return readFile('/proc/cgroups', root, parseControllers);
}

/** Version 1 calls `io` by another name. Without any hierarchy it is version 2, mounted where it is not seen. */
function parseControllers(text: string): string[] {
  const rows = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map(words)
    .flatMap(([name, hierarchy, , enabled]) => (name && enabled === '1' ? [{ name, hierarchy }] : []));
  const mounted = rows.filter(({ hierarchy }) => hierarchy !== '0');
  return (mounted.length > 0 ? mounted : rows).map(({ name }) => (name === 'blkio' ? 'io' : name));
}

/** The list came with Linux 4.14: what an older kernel can do is not known. */
function readSeccompActions(root: string): KernelFacts['seccompActions'] {
  const actions = readFile('/proc/sys/kernel/seccomp/actions_avail', root, words, [[], '/proc/sys/kernel']);
  const isMissing = actions.known && actions.value.length === 0;
  const [, major = '', minor = ''] =
    /^(\d+)\.(\d+)/.exec(readIfPossible(`${root}/proc/sys/kernel/osrelease`) ?? '') ?? [];
  const isOlder = major !== '' && (Number(major) < 4 || (Number(major) === 4 && Number(minor) < 14));
  return isMissing && isOlder ? fileFailure(actions.path, { code: 'ENOENT' }) : actions;
}

/** `[none] integrity confidentiality`: the one in brackets is in force. */
function readLockdown(root: string): KernelFacts['lockdown'] {
  const path = '/sys/kernel/security/lockdown';
  if (existsSync(`${root}/sys/kernel`) && !existsSync(`${root}/sys/kernel/security/lsm`)) {
    return withoutSecurityFiles(path);
  }
  return readFile(path, root, (text) => /\[(\w+)\]/.exec(text)?.[1] ?? null, [null, '/sys/kernel/security']);
}

function withoutSecurityFiles(path: string): UnreadableFact {
  return unreadable(
    'kernel',
    path,
    { en: 'securityfs is not mounted here', zh: '此处未挂载 securityfs' },
    {
      en: 'mount securityfs at /sys/kernel/security, or run on the host itself',
      zh: '在 /sys/kernel/security 挂载 securityfs，或在主机本身上运行',
    },
  );
}

/** A kernel with SELinux has the folder, also where nothing is mounted on it: then the state is not known. */
function readSelinux(root: string, { files }: Standpoint): Fact<SelinuxState | null> {
  const configured = files ? undefined : configuredMode(textOf(root, '/etc/selinux/config'));
  return readFile<SelinuxState | null>(
    '/sys/fs/selinux/enforce',
    root,
    (text) => ({ enforcing: text === '1', ...(configured === undefined ? {} : { configured }) }),
    existsSync(`${root}/sys/fs/selinux`) ? undefined : [null, '/sys/fs'],
  );
}

/** Empty where there is no such file. */
function textOf(root: string, path: string): string {
  try {
    return readTextIn(root, path);
  } catch {
    return '';
  }
}

/** The first line with a mode counts, as it does when the policy is loaded. */
function configuredMode(text: string): string | undefined {
  const written = Array.from(text.matchAll(/^SELINUX=[ \t]*([a-zA-Z]+)/gm), ([, word = '']) => word.toLowerCase());
  const modes = written.flatMap(
    (word) => ['enforcing', 'permissive', 'disabled'].find((each) => word.startsWith(each)) ?? [],
  );
  return modes[0];
}

function readStart(root: string): Fact<number> {
  const path = '/proc/stat';
  const seconds = readFile(path, root, (text) => /^btime (\d+)$/m.exec(text)?.[1]);
  if (!seconds.known) return seconds;
  return seconds.value === undefined
    ? fileFailure(path, { code: 'EIO' })
    : known(Number(seconds.value) * 1000, 'kernel', `${path} btime`);
}
