/** Raised with any change of the rules or of how they are applied: what was kept of an older one is then looked at again. */
export const secretsVersion = 1;
