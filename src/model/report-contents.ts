import type { FoundSecret } from './image-contents.ts';
import type { NotableFile } from './notable-file.ts';
import type { TargetKind } from './opened-image.ts';
import type { Package } from './package.ts';
import type { AskedEcosystem, UncoveredPackages, Vulnerability } from './vulnerability.ts';

/** What a scan found inside one image, container, folder or bill of materials: `Report.contents`. */
export interface ReportContents {
  /** The id of the report's subject that it belongs to: `image/alpine:3.20`. */
  readonly subject: string;
  readonly target: ReportTarget;
  /** What the image itself says that its operating system is; `null` where it says nothing. */
  readonly distribution: ReportDistribution | null;
  /** The lowest first; everything else refers to them by their place in this list. A folder is one layer. */
  readonly layers: readonly ReportLayer[];
  readonly packages: readonly Package[];
  /** Never with a value. */
  readonly secrets: readonly FoundSecret[];
  /** Files that an image should not hold, or that say something of it. */
  readonly files: readonly NotableFile[];
  /** What advisories say of the packages; `null` where there are none on this machine, which is not the same as clean. */
  readonly vulnerabilities: ReportVulnerabilities | null;
  /** Entries that are there in the end, once all layers lie on top of each other. */
  readonly fileCount: number;
  /** Bytes of all files that are there in the end. */
  readonly bytes: number;
  /** Bytes of files that a later layer deleted or replaced: whoever pulls the image still pulls them. */
  readonly wastedBytes: number;
}

export interface ReportVulnerabilities {
  /** What names the advisories that were used: the same digest, the same answers. */
  readonly data?: string;
  /** The worst first. */
  readonly found: readonly Vulnerability[];
  /** Packages of which nothing is known, by the reason. */
  readonly uncovered: readonly ReportUncovered[];
  /** Where packages were looked up. */
  readonly asked: readonly ReportAsked[];
  /** When CISA's catalogue was read into the store; absent where it was not: then nobody knows what is exploited. */
  readonly exploitedRead?: string;
}

export interface ReportUncovered extends Omit<UncoveredPackages, 'reason'> {
  readonly reason: string;
}

export interface ReportAsked extends Pick<AskedEcosystem, 'ecosystem' | 'packages'> {
  /** When the newest of its advisories was changed, and when they were read into the store; `null` where that is not known. */
  readonly newest: string | null;
  readonly read: string | null;
}

/** What was looked into. */
export interface ReportTarget {
  /** `bill`: an SBOM file; nothing but its list was read. */
  readonly kind: TargetKind | 'bill';
  /** As the user named it: `alpine:3.20`, `shop.tar`, `/srv/root`. */
  readonly name: string;
  /** Where it was read: an endpoint, a file, a registry. */
  readonly source: string;
  /** `linux/amd64`, `linux/arm/v7`. */
  readonly platform?: string;
  /** The image's id, `sha256:…` of its configuration; absent for a folder. */
  readonly digest?: string;
  /** `alpine:3.20`; empty where no name is known. */
  readonly tags: readonly string[];
  /** `registry.example/shop/web@sha256:…`: the manifest's digest in each repository that it came from; empty for what was only built. */
  readonly repoDigests: readonly string[];
}

export interface ReportDistribution {
  /** `ID` of os-release: `debian`, `alpine`, `rhel`. */
  readonly id: string;
  /** `VERSION_ID`: `12`, `3.20.1`; '' where there is none, as in Debian unstable. */
  readonly version: string;
  /** `PRETTY_NAME`. */
  readonly name: string;
  /** `VERSION_CODENAME`: `bookworm`. */
  readonly codename?: string;
  /** `ID_LIKE`: what it descends from, the nearest first. */
  readonly idLike: readonly string[];
  /** Absent where nothing is known of this release. */
  readonly life?: DistributionLife;
}

/** How long a release is maintained. */
export interface DistributionLife {
  /** On the day of the report. `extended`: only by a support that goes on longer, often a paid one. */
  readonly state: 'supported' | 'extended' | 'ended';
  /** The last day of its own maintenance, `2026-06-10`; `null` while none is announced. */
  readonly ends: string | null;
  /** The last day of a support that goes on longer. */
  readonly extendedEnds?: string;
}

export interface ReportLayer {
  /** `sha256:…` of the uncompressed archive (its diff id); absent for a folder and for what a container changed. */
  readonly digest?: string;
  /** Bytes of the files in it. */
  readonly bytes: number;
  /** The line of the history that made it, as the builder wrote it; secrets in it are masked. */
  readonly createdBy?: string;
  /** Packages that this layer brought and that are still there. */
  readonly packages: number;
  /** What the container itself changed, on top of its image. */
  readonly ofContainer?: true;
  /** It was not read; `coverage` says why. */
  readonly unread?: true;
}
