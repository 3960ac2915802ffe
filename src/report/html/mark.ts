import { type Markup, markup } from './markup.ts';

/** The load line that Samuel Plimsoll fought for: a ring with a line through it. Decoration; takes the text's colour. */
export function plimsollMark(className: string): Markup {
  return markup`<svg class="${className}" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
<circle cx="60" cy="60" r="38" fill="none" stroke="currentColor" stroke-width="9"/>
<path d="M4 60h112" stroke="currentColor" stroke-width="9"/>
</svg>`;
}

interface Share {
  readonly name: string;
  readonly count: number;
}

/** How many there are of each, as one bar. `label` says the same in words. */
export function shareBar(shares: readonly Share[], label: string): Markup {
  const all = shares.reduce((sum, share) => sum + share.count, 0);
  if (all === 0) return markup``;
  let end = 0;
  const pieces = shares.map(({ name, count }) => {
    const start = end;
    end += (1000 * count) / all;
    return (
      count > 0 &&
      markup`<rect class="share ${name}" x="${start.toFixed(1)}" width="${(end - start).toFixed(1)}" height="12"/>`
    );
  });
  return markup`<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="${label}">${pieces}</svg>`;
}
