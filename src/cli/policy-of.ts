import type { Configuration } from '../configuration/configuration.ts';
import { type Policy, resolvePolicy } from '../judge/policy.ts';
import type { PolicyOptions } from './options.ts';

/** What is judged, and how: the command line before the file, but what either leaves out is left out. */
export function policyOf(options: PolicyOptions, configuration: Configuration): Policy {
  return resolvePolicy({
    baseline: options.baseline ?? configuration.baseline,
    only: options.control,
    skip: [...(configuration.skip ?? []), ...(options.skip ?? [])],
    severity: options.severity,
    parameters: configuration.parameters,
    waivers: configuration.waivers,
    vulnerabilityWaivers: configuration.vulnerabilityWaivers,
    answers: configuration.answers,
  });
}
