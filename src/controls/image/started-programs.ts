import type { ContainerSpec } from '../../model/container-spec.ts';
import { exemplarContainer } from '../../model/exemplar.ts';
import type { ImageConfiguration } from '../../model/image.ts';
import { startedPrograms } from '../container/started-program.ts';

/** Names of the programs that an image starts when nobody says otherwise. */
export function programsStartedBy({ entrypoint, command }: ImageConfiguration): readonly string[] {
  const started: ContainerSpec = { ...exemplarContainer, entrypoint, command };
  return startedPrograms(started);
}
