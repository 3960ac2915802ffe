import { type Dialect, type ContainerSpec } from '../model/container-spec.ts';
import { containerDialects, type Control, type Sample } from '../model/control.ts';
import { applyDaemonChange } from '../model/daemon-change.ts';
import type { EngineFacts } from '../model/engine.ts';
import { exemplarContainer, exemplarEngine } from '../model/exemplar.ts';
import { exemplarHost, exemplarImage, exemplarNetwork } from '../model/exemplar-host.ts';
import type { HostFacts } from '../model/host.ts';
import type { ImageFacts } from '../model/image.ts';
import type { NetworkFacts } from '../model/network.ts';
import type { JsonObject } from '../model/json.ts';
import { applySpecChange, type SpecChange } from '../model/spec-change.ts';

/** Lists are replaced whole: without mounts before, only those of the counterexample are seen as what it adds. */
export function goodContainer({ counterexample = {} }: Control): ContainerSpec {
  return 'mounts' in counterexample ? { ...exemplarContainer, mounts: [] } : exemplarContainer;
}

export function badContainer({ counterexample = {} }: Control): ContainerSpec {
  return applySpecChange(exemplarContainer, counterexample as SpecChange);
}

export function badEngine({ counterexample = {} }: Control): EngineFacts {
  return applyDaemonChange(exemplarEngine, counterexample as JsonObject);
}

/** A host, a network or an image with what its control's counterexample differs in. */
export function badFacts({ subject, counterexample = {} }: Control): HostFacts | NetworkFacts | ImageFacts | undefined {
  const exemplars = { host: exemplarHost, network: exemplarNetwork, image: exemplarImage };
  const exemplar = subject === 'host' || subject === 'network' || subject === 'image' ? exemplars[subject] : undefined;
  return exemplar && ({ ...exemplar, ...counterexample } as typeof exemplar);
}

/** The two texts of a control that judges a text. */
export function sampleOf({ counterexample }: Control): Sample | undefined {
  return counterexample && 'bad' in counterexample && 'good' in counterexample ? (counterexample as Sample) : undefined;
}

/** The dialects in which a control is asked of a container. */
export function dialectsOf({ dialects = containerDialects }: Control): readonly Dialect[] {
  return dialects;
}
