import { exemplarHost } from '../../model/exemplar-host.ts';
import type { HostFacts, KernelFacts } from '../../model/host.ts';
import type { KnownFact } from '../../model/fact.ts';

/** What makes the exemplary host another one: its kernel with other values. */
export function kernelWith(values: KernelValues): Partial<HostFacts> {
  const changed = (Object.keys(values) as (keyof KernelValues)[]).map((name) => [
    name,
    { ...exemplarHost.kernel[name], known: true, value: values[name] },
  ]);
  return { kernel: { ...exemplarHost.kernel, ...(Object.fromEntries(changed) as Partial<KernelFacts>) } };
}

type Facts = Omit<KernelFacts, 'hiddenParameters'>;
type KernelValues = { readonly [K in keyof Facts]?: Extract<Facts[K], KnownFact<unknown>>['value'] };
