/** Dialects that a container can be written out in. */
export const convertedDialects = ['compose', 'run', 'pod'] as const;
export type ConvertedDialect = (typeof convertedDialects)[number];
