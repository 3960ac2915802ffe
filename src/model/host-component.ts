import { type Fact, type UnreadableFact, unreadable } from './fact.ts';
import type { Distribution } from './image-contents.ts';
import type { Text } from './text.ts';
import type { VulnerabilityFindings } from './vulnerability.ts';

/** What a program of the host does for its containers; `monitor`: Podman's conmon. */
export const componentParts = ['kernel', 'engine', 'containerd', 'runtime', 'monitor'] as const;
export type ComponentPart = (typeof componentParts)[number];

export const componentPartNames: Readonly<Record<ComponentPart, Text>> = {
  kernel: { en: 'kernel', zh: '内核' },
  engine: { en: 'engine', zh: '引擎' },
  containerd: { en: 'containerd', zh: 'containerd' },
  runtime: { en: 'runtime', zh: '运行时' },
  monitor: { en: 'monitor', zh: '监视程序' },
};

/** One thing that every container of the host rests on, with what advisories say of it. */
export interface HostComponent {
  readonly part: ComponentPart;
  /** `dockerd`, `runc`; of the kernel its release. */
  readonly name: string;
  /** Of its package; else what its build or the engine says of it; '' where nothing does. */
  readonly version: string;
  /** The program on the host, or the API call that tells of it. */
  readonly path: string;
  /** The purl of the system's package that it belongs to. */
  readonly package?: string;
  readonly judgedBy: ComponentJudge;
  /** Unreadable where nothing could be looked up, which is not the same as clean. */
  readonly flaws: Fact<VulnerabilityFindings>;
  /**
   * Of a program that a distribution built: flaws of the modules that are built in. They are told beside and do not count, for the distribution
   * may have mended them under the same number.
   */
  readonly builtIn?: VulnerabilityFindings;
  /** What of it was not understood, so that flaws may be missing. */
  readonly gaps: readonly UnreadableFact[];
}

/**
 * Whose word counts. `distribution`: its advisories about the package, which know what was mended without a new number. `build`: the Go
 * modules that are built in, of what no distribution made. `engine`: advisories of Go about the version that the engine reports.
 */
export type ComponentJudge = 'distribution' | 'build' | 'engine';

export interface HostComponents {
  /** What names the advisories that were asked; absent for an empty store. */
  readonly data?: string;
  /** Whose packages these are; unreadable where that is not known. */
  readonly distribution: Fact<Distribution>;
  readonly components: readonly HostComponent[];
}

/** Those that play these parts; none where nothing is known of any. */
export function componentsOf(
  components: Fact<HostComponents>,
  ...parts: readonly ComponentPart[]
): readonly HostComponent[] {
  return components.known ? components.value.components.filter(({ part }) => parts.includes(part)) : [];
}

/** What would bring advisories onto a machine. */
export const readAdvisories = advisoriesNamed({ en: 'advisories', zh: '漏洞公告' });

/** The same of one ecosystem with its release: `Debian:12`. */
export function advisoriesOf(ecosystem: string): Text {
  return advisoriesNamed({ en: `advisories of ${ecosystem}`, zh: `${ecosystem} 的漏洞公告` });
}

function advisoriesNamed({ en, zh }: Text): Text {
  return {
    en: `${en}: plimsoll feeds update, or without a network plimsoll feeds import FOLDER`,
    zh: `${zh}：plimsoll feeds update；无网络时使用 plimsoll feeds import FOLDER`,
  };
}

/** What a host is read with where there is no store of advisories. */
export const noAdvisories = unreadable(
  'file',
  'advisories',
  {
    en: 'there are no advisories on this machine, so that flaws of the engine and the kernel are not known',
    zh: '本机没有漏洞公告，无法得知引擎与内核的漏洞',
  },
  readAdvisories,
);
