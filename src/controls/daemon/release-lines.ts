import type { Text } from '../../model/text.ts';

/** The day up to which these lists were compared with what upstream publishes. */
export const releaseLinesReviewed = '2026-10-12';

/** A line of Docker Engine: `major.minor` up to 26.1, the major alone from 27 on. */
export interface ReleaseLine {
  readonly name: string;
  /** The day its maintenance ended; absent while it is maintained. */
  readonly ended?: string;
  /** The last version in Docker's own release notes, where others go on maintaining the line and backport fixes. */
  readonly lastByDocker?: string;
}

/**
 * Lines of Docker Engine in their order. The Moby project says which it maintains (`project/BRANCHES-AND-TAGS.md`);
 * the day on which it stopped is the one that endoflife.date gives, for 28 that of the change (moby/moby#52625).
 * 25.0 has no end here: Amazon may go on mending it after Mirantis stops on 2026-12-04.
 */
export const releaseLines: readonly ReleaseLine[] = [
  { name: '17.03', ended: '2017-05-05' },
  { name: '17.06', ended: '2017-09-29' },
  { name: '17.09', ended: '2017-11-17' },
  { name: '17.12', ended: '2018-02-10' },
  { name: '18.03', ended: '2018-05-10' },
  { name: '18.06', ended: '2018-12-08' },
  { name: '18.09', ended: '2019-08-22' },
  { name: '19.03', ended: '2021-01-08' },
  { name: '20.10', ended: '2023-12-10' },
  { name: '23.0', ended: '2025-05-19' },
  { name: '24.0', ended: '2024-06-08' },
  { name: '25.0', lastByDocker: '25.0.6' },
  { name: '26.0', ended: '2024-06-08' },
  { name: '26.1', ended: '2025-02-17' },
  { name: '27', ended: '2025-05-03' },
  { name: '28', ended: '2026-05-13' },
  { name: '29' },
];

/** A fault of the engine itself, not of the containerd or runc beside it. */
export interface EngineAdvisory {
  readonly ids: readonly string[];
  /** The day on which it became public, with its release or its advisory. */
  readonly published: string;
  /** The first version that has the fault; absent: all. */
  readonly introduced?: string;
  /** The first version without it in each line that was mended; lines between them stay affected, later ones are clean. */
  readonly fixed: readonly string[];
  /** A request can get past an authorization plugin. */
  readonly bypassesAuthorization?: true;
  readonly about: Text;
}

export const engineAdvisories: readonly EngineAdvisory[] = [
  {
    ids: ['CVE-2024-41110'],
    published: '2024-07-23',
    introduced: '19.03.0',
    fixed: ['23.0.15', '25.0.6', '26.1.5', '27.1.1'],
    bypassesAuthorization: true,
    about: {
      en: 'an API request of length zero gets past authorization plugins',
      zh: '长度为零的 API 请求可绕过授权插件',
    },
  },
  {
    ids: ['CVE-2025-54410'],
    published: '2025-07-29',
    fixed: ['25.0.13', '28.0.0'],
    about: {
      en: 'a reload of firewalld removes the isolation between bridge networks',
      zh: 'firewalld 重载会移除网桥网络之间的隔离',
    },
  },
  {
    ids: ['CVE-2025-54388'],
    published: '2025-07-29',
    introduced: '28.2.0',
    fixed: ['28.3.3'],
    about: {
      en: 'a reload of firewalld opens ports that were published on loopback only',
      zh: 'firewalld 重载会对外开放仅发布在回环地址上的端口',
    },
  },
  {
    ids: ['CVE-2026-34040'],
    published: '2026-03-27',
    fixed: ['29.3.1'],
    bypassesAuthorization: true,
    about: {
      en: 'an API request with an oversized body gets past authorization plugins',
      zh: '请求体过大的 API 请求可绕过授权插件',
    },
  },
  {
    ids: ['CVE-2026-33997'],
    published: '2026-03-31',
    fixed: ['29.3.1'],
    about: {
      en: 'a plugin can get privileges other than those that were granted at its installation',
      zh: '插件可获得与安装时所授予不同的权限',
    },
  },
  {
    ids: ['CVE-2026-41567', 'CVE-2026-41568', 'CVE-2026-42306'],
    published: '2026-05-18',
    fixed: ['29.5.1'],
    about: {
      en: 'copying files into or out of a hostile container runs its code, or writes, on the host',
      zh: '与恶意容器互相复制文件时，会在主机上执行其代码或写入文件',
    },
  },
  {
    ids: ['GHSA-mjcv-p78q-w5fw', 'GHSA-7236-3392-c5c6'],
    published: '2026-06-26',
    fixed: ['29.6.1'],
    about: {
      en: 'a hostile image uses up the memory, and a build frontend gets past seccomp and AppArmor',
      zh: '恶意镜像可耗尽内存，构建前端可绕过 seccomp 和 AppArmor',
    },
  },
  {
    ids: ['CVE-2026-15788', 'CVE-2026-15789', 'CVE-2026-15791', 'CVE-2026-15792', 'CVE-2026-15793'],
    published: '2026-07-16',
    fixed: ['29.6.2'],
    about: { en: 'faults in the built-in BuildKit', zh: '内置 BuildKit 的缺陷' },
  },
  {
    ids: ['CVE-2026-17106'],
    published: '2026-07-30',
    fixed: ['29.7.0'],
    about: {
      en: 'an archive from a hostile container is unpacked outside of its destination',
      zh: '来自恶意容器的归档会被解包到目标目录之外',
    },
  },
  {
    ids: ['CVE-2026-92542', 'CVE-2026-92543'],
    published: '2026-09-30',
    fixed: ['29.8.2'],
    about: {
      en: 'a forged DNS answer switches off TLS towards a registry, and packets can be injected into encrypted overlay networks',
      zh: '伪造的 DNS 应答可使引擎对镜像仓库停用 TLS，且可向加密的 overlay 网络注入数据包',
    },
  },
  {
    ids: ['CVE-2026-78659', 'CVE-2026-78663', 'CVE-2026-78669', 'CVE-2026-97032'],
    published: '2026-10-08',
    fixed: ['29.9.0'],
    about: {
      en: 'an HTTP/2 client of the API crashes the engine or uses up memory and processor',
      zh: 'API 的 HTTP/2 客户端可使引擎崩溃，或耗尽内存和处理器',
    },
  },
];
