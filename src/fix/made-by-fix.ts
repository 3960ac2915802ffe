import { isObject, type JsonObject, type JsonValue, objectIn, textIn } from '../model/json.ts';
import type { EngineControl } from './engine-control.ts';

/**
 * The label of containers and networks that a fix makes. Its value is the name under which the thing was made: so it is
 * found again under whatever name it goes, and is told from one that somebody else made.
 */
export const markLabel = 'io.github.plimsoll.fix';

/** Of the container that is replaced: what tells its names from those of every other. */
export function tokenOf(id: string): string {
  return id.slice(0, 12);
}

/** The name under which the new container is made, before it takes the old one's. */
export function madeName(name: string, token: string): string {
  return `${name}-after-${token}`;
}

/** The name under which the old container is kept. */
export function keptName(name: string, token: string): string {
  return `${name}-before-${token}`;
}

/** The name under which the container was made that pushed another from `name` to `kept`; undefined where none did. */
export function madeBeside(name: string, kept: string): string | undefined {
  const token = kept.slice(keptName(name, '').length);
  return tokenShape.test(token) && kept === keptName(name, token) ? madeName(name, token) : undefined;
}

export function isMadeName(name: string): boolean {
  return /-after-[0-9a-f]{12}$/.test(name);
}

/** Whether a fix has pushed this container aside: no other has a name that tells its own id. */
export function isKept({ id, name }: { readonly id?: string; readonly name: string }): boolean {
  const kept = id === undefined ? undefined : keptName('', tokenOf(id));
  return kept !== undefined && name.endsWith(kept);
}

const tokenShape = /^[0-9a-f]{12}$/;

/** The name under which a fix made this container or network. */
export function markOf(labels: JsonObject): string | undefined {
  return textIn(labels, markLabel);
}

/**
 * The engine's answer about a container: by its id or name, or, of one that a fix makes, by its mark, whatever it is
 * called by now. `null` where there is none.
 */
export async function findContainer(engine: EngineControl, reference: string): Promise<JsonObject | null> {
  if (!isMadeName(reference)) return inspect(engine, reference);
  const filters = encodeURIComponent(JSON.stringify({ label: [`${markLabel}=${reference}`] }));
  const found = await engine.get(`/containers/json?all=1&filters=${filters}`);
  const first = Array.isArray(found) ? (found as readonly JsonValue[])[0] : undefined;
  const id = textIn(first, 'Id');
  return id === undefined ? null : inspect(engine, id);
}

/** The container of exactly this name. The engine takes the beginning of an id for a name, too. */
export async function containerNamed(engine: EngineControl, name: string): Promise<JsonObject | null> {
  const found = await inspect(engine, name);
  return found !== null && nameOf(found) === name ? found : null;
}

/** Without the slash that the engine puts before it. */
export function nameOf(container: JsonObject): string {
  return (textIn(container, 'Name') ?? '').replace(/^\//, '');
}

export function containerMark(container: JsonObject): string | undefined {
  return markOf(objectIn(objectIn(container, 'Config'), 'Labels'));
}

async function inspect(engine: EngineControl, reference: string): Promise<JsonObject | null> {
  const answer = await engine.get(`/containers/${encodeURIComponent(reference)}/json`);
  return isObject(answer) ? answer : null;
}
