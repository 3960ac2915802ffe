/** Raised whenever a reader says something else of the same file. */
export const notableVersion = 2;
