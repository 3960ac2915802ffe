/**
 * What may stand at a place of a Compose file. The forms that the official schema allows side by side always differ by
 * type, so that a shape says for each type what it may hold.
 */
export interface Shape {
  /** Any text, or one of these. */
  readonly text?: true | readonly string[];
  readonly number?: 'any' | 'integer';
  readonly boolean?: true;
  readonly null?: true;
  /** A list of these. */
  readonly list?: Shape;
  readonly mapping?: MappingShape;
}

export interface MappingShape {
  /** Keys with a meaning. */
  readonly keys?: Readonly<Record<string, Shape>>;
  /** What stands below any other key; absent: there is no other key, but for `x-…`. */
  readonly others?: Shape;
  /** Other keys are names: letters, digits, `.`, `_` and `-`. */
  readonly named?: true;
  readonly required?: readonly string[];
}

export const text: Shape = { text: true };
export const number: Shape = { number: 'any' };
export const integer: Shape = { number: 'integer' };
export const boolean: Shape = { boolean: true };
export const nothing: Shape = { null: true };

/** Any of these; they differ by type. */
export function either(...shapes: readonly Shape[]): Shape {
  return Object.assign({}, ...shapes) as Shape;
}

export function oneOf(...values: readonly string[]): Shape {
  return { text: values };
}

export function listOf(list: Shape): Shape {
  return { list };
}

/** A mapping with these keys. */
export function keys(known: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  return { mapping: { keys: known, ...(required.length > 0 ? { required } : {}) } };
}

/** A mapping from anything. */
export function mapOf(others: Shape): Shape {
  return { mapping: { others } };
}

/** A mapping from names of services, networks, volumes … */
export function namesTo(others: Shape): Shape {
  return { mapping: { others, named: true } };
}

/** What interpolation may stand for: Compose makes a boolean, or a number, of a text. */
export const truth = either(boolean, text);
export const whole = either(integer, text);
export const amount = either(number, text);
export const texts = listOf(text);
export const textOrTexts = either(text, texts);
export const anyScalar = either(text, number, boolean, nothing);
export const anything: Shape = either(anyScalar, { list: {} }, { mapping: { others: {} } });
/** `NAME: value`, or a list of `NAME=value`. */
export const pairs = either(mapOf(anyScalar), texts);
/** Options of a driver. */
export const options = mapOf(amount);
