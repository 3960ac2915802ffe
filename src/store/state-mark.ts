/** A state's number, with whether a package of the system speaks for the package. */
export function stateMark(number: number, covered: boolean): number {
  return number * 2 + Number(covered);
}

export function readStateMark(mark: number): { readonly number: number; readonly covered: boolean } {
  return { number: Math.floor(mark / 2), covered: mark % 2 === 1 };
}
