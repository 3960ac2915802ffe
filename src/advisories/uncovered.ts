import type { Text } from '../model/text.ts';

/** Why it is not known whether a package is vulnerable: none of these means that it is not. */
export type UncoveredReason =
  | 'kernel'
  | 'kernel-headers'
  | 'no-data'
  | 'no-distribution'
  | 'no-ecosystem'
  | 'no-group'
  | 'no-release'
  | 'no-version'
  | 'odd-version'
  | 'other-distribution'
  | 'third-party'
  | 'uncovered-distribution'
  | 'unknown-module-stream'
  | 'unknown-source'
  | 'unreadable-advisory'
  | 'unversioned-go-module';

export const uncoveredReasons: Readonly<Record<UncoveredReason, Text>> = {
  kernel: {
    en: 'it is built from the source of the kernel; a container runs the kernel of its host, and not the one that its image brings',
    zh: '由内核源码构建；容器运行的是宿主机的内核，而不是镜像自带的内核',
  },
  'kernel-headers': {
    en: 'it only has headers of the kernel, in which nothing runs; advisories of the kernel name it all the same',
    zh: '仅包含内核头文件，其中没有可运行的代码；但内核的安全公告仍会列出它',
  },
  'no-data': {
    en: 'there are no advisories of its ecosystem in the store',
    zh: '本地存储中没有其生态系统的安全公告',
  },
  'no-distribution': {
    en: 'it is not known which distribution it belongs to',
    zh: '无法得知它属于哪个发行版',
  },
  'no-ecosystem': {
    en: 'no database is known that has advisories about packages of this kind',
    zh: '目前没有已知数据库提供此类软件包的安全公告',
  },
  'no-group': {
    en: 'its group is not known, and artifacts of several groups have the same name',
    zh: '不知道它的 group，而不同 group 中可能有同名的构件',
  },
  'no-release': {
    en: 'its distribution does not say which release it is, and every release has advisories of its own',
    zh: '发行版没有说明自己是哪个版本，而每个版本都有各自的安全公告',
  },
  'no-version': {
    en: 'its version is not known',
    zh: '不知道它的版本',
  },
  'odd-version': {
    en: 'its version is not one that can be compared with those in advisories',
    zh: '它的版本格式无法与安全公告中的版本比较',
  },
  'other-distribution': {
    en: 'it is a package of another distribution than the one that it was found in',
    zh: '它属于另一个发行版，而不是它所在的发行版',
  },
  'third-party': {
    en: 'it does not come from the distribution, whose advisories therefore say nothing about it',
    zh: '它并非来自该发行版，因此该发行版的安全公告不适用于它',
  },
  'uncovered-distribution': {
    en: 'no database is known that has advisories of its distribution; those of the one that it derives from do not fit its packages',
    zh: '目前没有已知数据库提供该发行版的安全公告；其上游发行版的公告与它的软件包并不对应',
  },
  'unknown-module-stream': {
    en: 'it was built for a module, but nothing says for which stream, and every stream has advisories of its own',
    zh: '它是为某个模块构建的，但没有说明属于哪个模块流，而每个模块流都有各自的安全公告',
  },
  'unknown-source': {
    en: 'nothing says which source package it was built from, and no advisory of its distribution, which go by source packages, has its own name',
    zh: '没有说明它由哪个源码包构建；该发行版的安全公告以源码包为准，其中也没有与它同名的源码包',
  },
  'unreadable-advisory': {
    en: 'an advisory about it has versions that cannot be read',
    zh: '有一条关于它的安全公告，其中的版本无法读取',
  },
  'unversioned-go-module': {
    en: 'the Go module does not tell its version: it was built from a folder or between two releases',
    zh: 'Go 模块没有给出版本：它由本地目录或两个发布版本之间的代码构建',
  },
};
