import type { Fact, UnreadableFact } from './fact.ts';
import type { NotableFile } from './notable-file.ts';
import type { Severity } from './severity.ts';
import type { Package } from './package.ts';
import type { VulnerabilityFindings } from './vulnerability.ts';

/** What is inside an image, a container, a folder or a bill of materials. Everything refers to layers by their place in `layers`. */
export interface ImageContents {
  /** What the image itself says that its operating system is; unreadable where it has no such file. */
  readonly distribution: Fact<Distribution>;
  /** The lowest first; a folder is one layer. */
  readonly layers: readonly ContentsLayer[];
  readonly packages: readonly Package[];
  readonly secrets: readonly FoundSecret[];
  readonly files: readonly NotableFile[];
  /** Of the merged tree. */
  readonly fileCount: number;
  /** Bytes of all files of the merged tree, and of those that a later layer deleted or replaced. */
  readonly bytes: number;
  readonly wastedBytes: number;
  /** What advisories say of the packages; absent where none are known. */
  readonly vulnerabilities?: VulnerabilityFindings;
  /** What was not read or not understood. */
  readonly gaps: readonly UnreadableFact[];
}

export interface ContentsLayer {
  /** `sha256:…` of the uncompressed archive; absent for a folder and for what a container changed. */
  readonly digest?: string;
  /** Bytes of the files in it. */
  readonly bytes: number;
  /** The line of the history that made it, as the builder wrote it. */
  readonly createdBy?: string;
  /** What the container itself changed, on top of its image. */
  readonly ofContainer?: true;
  /** Why it was not read. */
  readonly unread?: UnreadableFact;
}

/** From `os-release`, or from what older systems have instead of it. */
export interface Distribution {
  /** `ID`: `debian`, `alpine`, `rhel`. */
  readonly id: string;
  /** `VERSION_ID`: `12`, `3.20.1`; '' where there is none, as in Debian unstable. */
  readonly version: string;
  /** `PRETTY_NAME`. */
  readonly name: string;
  readonly codename?: string;
  readonly idLike: readonly string[];
}

/** A secret that was found, without its value. */
export interface FoundSecret {
  /** The rule's id: `aws-access-key`. */
  readonly rule: string;
  readonly place: SecretPlace;
  /** What may be shown of it: `AKIA…`, never enough to use or to guess it. */
  readonly masked: string;
  /** A checksum inside of the value holds: it is a real one of its kind. */
  readonly verified: boolean;
  readonly severity: Severity;
  /** Absent where it is not in a layer. */
  readonly layer?: number;
  /** A later layer deleted or replaced the file; who has the image still has it. */
  readonly deleted?: true;
}

export type SecretPlace =
  | { readonly kind: 'file'; readonly path: string; readonly line: number; readonly column: number }
  | { readonly kind: 'environment' | 'label' | 'build-argument'; readonly name: string }
  /** `step`: its place in the history, from 0. */
  | { readonly kind: 'history'; readonly step: number }
  | { readonly kind: 'command' | 'health-check' };
