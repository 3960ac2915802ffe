/** What a file is, as far as Plimsoll reads it. */
export const fileKinds = ['dockerfile', 'compose', 'kubernetes', 'run'] as const;
export type FileKind = (typeof fileKinds)[number];
