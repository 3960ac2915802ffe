import type { ComponentJudge, ComponentPart } from './host-component.ts';
import type { Vulnerability } from './vulnerability.ts';
import type { ReportDistribution, ReportVulnerabilities } from './report-contents.ts';

/** What runs the containers of the host, and which flaws of it are known: `Report.components`. */
export interface ReportComponents {
  /** What names the advisories that were asked: the same digest, the same answers. */
  readonly data?: string;
  /** Whose packages they are; `null` where that is not known. */
  readonly distribution: ReportDistribution | null;
  readonly parts: readonly ReportComponent[];
}

export interface ReportComponent {
  readonly part: ComponentPart;
  /** `dockerd`, `runc`; of the kernel its release, '' where that is not known. */
  readonly name: string;
  /** Of its package; else what its build or the engine says of it; '' where nothing does. */
  readonly version: string;
  /** The program on the host, or the API call that tells of it. */
  readonly path: string;
  /** The purl of the system's package that it belongs to. */
  readonly package?: string;
  /** Whose word counts: the distribution's advisories, what is built in, or the version that the engine reports. */
  readonly judgedBy: ComponentJudge;
  /** `null` where nothing could be looked up, which is not the same as clean; `coverage` says why. */
  readonly vulnerabilities: ReportVulnerabilities | null;
  /** Flaws of modules that a distribution built in, and may have mended under the same number: they do not count. */
  readonly builtIn?: ReportBuiltIn;
}

export interface ReportBuiltIn extends Pick<ReportVulnerabilities, 'asked'> {
  /** In brief, the worst first. */
  readonly found: readonly Pick<Vulnerability, 'id' | 'purl' | 'fixedIn' | 'severity'>[];
}
