import type { HostComponents } from '../model/host-component.ts';
import type { ReportBuiltIn, ReportComponents } from '../model/report-components.ts';
import type { ReportVulnerabilities } from '../model/report-contents.ts';
import type { Language } from '../model/text.ts';
import { distributionOf, vulnerabilitiesOf } from './report-contents.ts';

/** What an audit found out about what runs the containers, in the form in which it is published. */
export function reportComponentsOf(
  { data, distribution, components }: HostComponents,
  now: Date,
  language: Language,
): ReportComponents {
  return {
    ...(data === undefined ? {} : { data }),
    distribution: distribution.known ? distributionOf(distribution.value, now) : null,
    parts: components.map(({ flaws, builtIn, gaps: _gaps, ...each }) => ({
      ...each,
      vulnerabilities: flaws.known ? vulnerabilitiesOf(flaws.value, language) : null,
      ...(builtIn ? { builtIn: inBrief(vulnerabilitiesOf(builtIn, language)) } : {}),
    })),
  };
}

/** Three programs have the same standard library, and none of it counts. */
function inBrief({ found, asked }: ReportVulnerabilities): ReportBuiltIn {
  return {
    asked,
    found: found.map(({ id, purl, fixedIn, severity }) => ({
      id,
      purl,
      ...(fixedIn === undefined ? {} : { fixedIn }),
      severity,
    })),
  };
}
