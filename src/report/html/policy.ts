import { createHash } from 'node:crypto';

/** What a page may do: apply its own style, and run its own script if it has one. Nothing is fetched. */
export function policyOf(style: string, script?: string): string {
  return [
    "default-src 'none'",
    `style-src '${hash(style)}'`,
    ...(script === undefined ? [] : [`script-src '${hash(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
