/** Raised whenever the same layers are put together in another way. */
export const mergeVersion = 1;
