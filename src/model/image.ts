import type { HealthCheck, Variable } from './container-spec.ts';
import type { Fact } from './fact.ts';
import type { ImageContents } from './image-contents.ts';
import type { ImageScan } from './image-scan.ts';
import type { ShellScript } from './shell.ts';

/** What is known of an image: what an engine or its configuration says, and what is inside where it was opened. */
export interface ImageFacts {
  /** `sha256:…`. */
  readonly id: string;
  readonly tags: readonly string[];
  /** `registry.example/shop/web@sha256:…`. */
  readonly digests: readonly string[];
  /** Milliseconds since 1970; `null` where it is a date that nobody means, such as 1970 itself. */
  readonly created: number | null;
  readonly author?: string;
  /** Bytes. */
  readonly size?: number;
  readonly configuration: ImageConfiguration;
  /** From the first step to the last; `[]` where the image has none. */
  readonly history: Fact<readonly ImageStep[]>;
  /** Digests of its layers, the lowest first. */
  readonly layers: readonly string[];
  /** Names of containers that were made from it. */
  readonly usedBy: readonly string[];
  /** How it came to this engine; absent where the engine keeps no record of that, as before API 1.53. */
  readonly origin?: ImageOrigin;
  /** Absent where it was not opened. */
  readonly contents?: ImageContents;
  /** When it was last held against advisories on this machine, `null`: never; absent where no scan is remembered there. */
  readonly scanned?: Fact<ImageScan | null>;
  /** It has no configuration, history or name to judge: a folder, a bill of materials. */
  readonly bare?: true;
}

export interface ImageOrigin {
  /** This engine built it. */
  readonly built: boolean;
  /** Repositories that it was pulled from or pushed to. */
  readonly repositories: readonly string[];
  /** The engine verified a signature of it. */
  readonly signed: boolean;
}

export interface ImageConfiguration {
  /** As written: empty is root. */
  readonly user: string;
  /** `80/tcp`. */
  readonly exposedPorts: readonly string[];
  readonly environment: readonly Variable[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly healthCheck?: HealthCheck;
  readonly onBuild: readonly string[];
  readonly shell: readonly string[];
}

export interface ImageStep {
  /** The instruction as BuildKit or the older builder wrote it down. */
  readonly createdBy: string;
  /** Milliseconds since 1970. */
  readonly created?: number;
  /** Bytes that it added. */
  readonly size: number;
  /** `buildkit.dockerfile.v0`, or what `docker commit` was told. */
  readonly comment?: string;
  /** Names that an engine knows it by. */
  readonly tags: readonly string[];
  /** Of a RUN: its commands; absent where another program than a shell of the POSIX family reads it. */
  readonly script?: ShellScript;
}
