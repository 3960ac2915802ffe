import { isObject } from '../../model/json.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { valueOf } from '../../syntax/yaml-value.ts';
import { looksLikeRun } from './docker-run/find.ts';
import type { FileKind } from './kinds.ts';

const dockerfileName = /^(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$|\.(?:dockerfile|containerfile)$/i;
const otherEnding =
  /\.(?:dockerignore|containerignore|md|markdown|txt|tmpl|tpl|j2|jinja2?|erb|gotmpl|orig|bak|sh|ya?ml|json|lock)$/i;
const composeName = /(?:^|[._-])compose(?:[._-][\w.-]+)?\.(?:ya?ml|json)$/i;

/** Recognises a file by its content, where its name does not say it already; undefined: none of ours. */
export function recognise(name: string, text: string): FileKind | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (dockerfileName.test(base) && !otherEnding.test(base)) return 'dockerfile';
  if (/^[ \t-]*["']?apiVersion["']?\s*:/m.test(text) && /^[ \t{,-]*["']?kind["']?\s*:/m.test(text)) return 'kubernetes';
  if (/^\s*[{[]/.test(text) && /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text)) return 'kubernetes';
  if (isCompose(base, text)) return 'compose';
  if (isDockerfile(text)) return 'dockerfile';
  return looksLikeRun(text) ? 'run' : undefined;
}

function isCompose(base: string, text: string): boolean {
  const isNamed = composeName.test(base);
  if (isNamed && /^["']?(?:services|include|x-[\w.-]+|name|version)["']?\s*:/m.test(text)) return true;
  const hasServices = /^[{\s]*["']?services["']?\s*:/m.test(text);
  if (!hasServices && !isNamed) return false;
  // Other programs have a key of this name too: only Compose has images or builds below it.
  const [document] = parseYaml(text);
  const value = document?.root && valueOf(document.root, '1.2');
  if (!document?.root) return isNamed;
  // The first form of the file had its services at the top.
  const services = isObject(value) ? (hasServices ? value.services : value) : undefined;
  return (
    isObject(services) &&
    Object.values(services).some(
      (service) => isObject(service) && ['image', 'build', 'extends'].some((key) => key in service),
    )
  );
}

/** Its first instruction is a FROM, or an ARG before one. */
function isDockerfile(text: string): boolean {
  const first = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (first === undefined) return false;
  if (/^\s*FROM\s+(?:--platform=\S+\s+)?[\w$][\w.$@{}:/-]*(?:\s+AS\s+\S+)?\s*$/i.test(first)) return true;
  return /^\s*ARG\s+\w+/i.test(first) && /^\s*FROM\s+\S+/im.test(text);
}
