/** How much a fix may disrupt: nothing; the daemon reloads; it restarts while containers go on; containers stop or lose connections. */
export const tolerances = ['none', 'reload', 'restart', 'stop'] as const;
export type Tolerance = (typeof tolerances)[number];
