import type { ImageConfiguration } from '../../model/image.ts';
import { startedPrograms } from '../container/started-program.ts';

/** Which part of an image's configuration starts a program: its name in the model, and in the engine's answer. */
export function startField(
  { entrypoint }: Pick<ImageConfiguration, 'entrypoint'>,
  program: string,
): { readonly field: string; readonly path: string } {
  return startedPrograms({ entrypoint, command: [] }).includes(program)
    ? { field: 'configuration.entrypoint', path: 'Config.Entrypoint' }
    : { field: 'configuration.command', path: 'Config.Cmd' };
}
