import type { Machine } from '../../model/control.ts';
import type { UnreadableFact } from '../../model/fact.ts';

/**
 * Why what root sees here is not the host's own: the engine shares this kernel, and not even root finds its process. So
 * it is in a container, whose files, mounts, processes and packet filter are its own.
 */
export function hostOutOfSight({ engine, host }: Machine): UnreadableFact | undefined {
  return engine.local && host.root && !engine.process.known ? engine.process : undefined;
}
