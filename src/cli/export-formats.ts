/** Forms in which a plan is printed for other tools. */
export const exportFormats = ['ansible', 'shell', 'daemon.json'] as const;
export type ExportFormat = (typeof exportFormats)[number];
