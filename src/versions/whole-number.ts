/** A number of a version: exact, however long it is. The two kinds compare with each other. */
export type WholeNumber = number | bigint;

/** More digits than these are not exact in a `number`. */
const exactDigits = 15;

/** Of digits alone: leading zeros count for nothing, and none is 0. */
export function readWholeNumber(digits: string): WholeNumber {
  return digits.length <= exactDigits ? Number(digits) : BigInt(digits);
}
