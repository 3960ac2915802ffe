/** A number with its noun in English: `1 processor`, `0.5 processors`, `200 processes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
