import { takenAddresses } from './daemon-traps/addresses.ts';
import { bothPlaces, localSocketLost, socketNotHandedOver } from './daemon-traps/both-places.ts';
import { controlGroups } from './daemon-traps/control-groups.ts';
import { keyByTwoNames, unknownKeys } from './daemon-traps/keys.ts';
import { containerLogOptions, logOptions } from './daemon-traps/logging.ts';
import { managers } from './daemon-traps/managers.ts';
import { namedPrograms, runtimes, seccompProfile } from './daemon-traps/named-files.ts';
import { keptNetworks } from './daemon-traps/kept-networks.ts';
import { networking } from './daemon-traps/networking.ts';
import { ownLimits } from './daemon-traps/own-limits.ts';
import { authorizationPlugins, selinux, socketGroup, swarm } from './daemon-traps/plugins.ts';
import { remapping } from './daemon-traps/remapping.ts';
import { type Proposed, type Search, situationOf, type Trap, type TrapContext } from './daemon-traps/situation.ts';
import { storage } from './daemon-traps/storage.ts';
import { plainListener, tlsFiles } from './daemon-traps/tls.ts';
import { wrongKinds } from './daemon-traps/value-kinds.ts';
import { malformedValues } from './daemon-traps/values.ts';

export type { Proposed, Trap, TrapContext } from './daemon-traps/situation.ts';

const searches: readonly Search[] = [
  managers,
  bothPlaces,
  unknownKeys,
  keyByTwoNames,
  wrongKinds,
  malformedValues,
  localSocketLost,
  socketNotHandedOver,
  tlsFiles,
  plainListener,
  logOptions,
  ownLimits,
  containerLogOptions,
  remapping,
  storage,
  networking,
  keptNetworks,
  controlGroups,
  swarm,
  authorizationPlugins,
  runtimes,
  namedPrograms,
  seccompProfile,
  selinux,
  socketGroup,
  takenAddresses,
];

/**
 * All that would keep dockerd from starting, or would quietly break or hide things, if daemon.json became `after`. What
 * would stop dockerd names every changed key where none of them has to do with it: nothing at all may be written then,
 * since the next restart would be the last. When keys are left out because of a trap, the rest is to be asked about
 * again: what fitted together may not fit any more.
 */
export function daemonTraps(proposed: Proposed, context: TrapContext): Trap[] {
  const situation = situationOf(proposed, context);
  return searches
    .flatMap((search) => search(situation))
    .flatMap(({ harms, ...trap }) => {
      if (situation.isChanged(...trap.keys)) return [trap];
      return harms === 'start' ? [{ ...trap, keys: [...trap.keys, ...proposed.changed] }] : [];
    });
}
