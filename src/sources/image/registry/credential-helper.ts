import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isObject, textIn } from '../../../model/json.ts';
import type { JsonValue } from '../../../model/json.ts';
import type { Text } from '../../../model/text.ts';

/** What a credential helper said, or why it could not be asked. */
export type HelperAnswer =
  | { readonly kind: 'found'; readonly username: string; readonly secret: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: Text; readonly need: Text };

/** Milliseconds: some ask a cloud first, and others a person to unlock a store. */
const longestWait = 60_000;
/** Bytes of an answer. */
const largestAnswer = 1024 ** 2;
const plainName = /^[a-z0-9-]{1,64}$/;

/**
 * Asks `docker-credential-NAME get` for what it keeps under `server`. The helper is looked for in the `PATH`, as every client
 * does, but only in absolute folders of it; it is started without a shell, and nothing that it prints is shown.
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  environment: Readonly<Record<string, string | undefined>>,
  timeout = longestWait,
): Promise<HelperAnswer> {
  if (!plainName.test(name)) {
    return failed(
      { en: 'the name of its credential helper is not a plain one', zh: '其中凭据助手的名称不规范' },
      {
        en: 'name the helper without docker-credential- and without a path',
        zh: '写助手名称时不带 docker-credential- 前缀和路径',
      },
    );
  }
  const program = `docker-credential-${name}`;
  const path = findProgram(program, environment.PATH ?? '');
  if (path === undefined) {
    return failed(
      { en: `${program} is not installed`, zh: `未安装 ${program}` },
      {
        en: `put ${program} into the PATH, or take it out of the file`,
        zh: `将 ${program} 放入 PATH，或从文件中删除该配置`,
      },
    );
  }
  const { code, output } = await run(path, server, environment, timeout);
  if (code === 'timeout') {
    return failed(
      { en: `${program} did not answer within ${timeout / 1000} s`, zh: `${program} 在 ${timeout / 1000} 秒内未应答` },
      { en: `see what ${program} get waits for`, zh: `检查 ${program} get 在等待什么` },
    );
  }
  if (code !== 0) {
    return /credentials not found|no credentials (?:found|server URL|username)/i.test(output.slice(0, 1000))
      ? { kind: 'none' }
      : failed(
          { en: `${program} failed (${code})`, zh: `${program} 执行失败（${code}）` },
          { en: `see what ${program} get says for ${server}`, zh: `检查 ${program} get 对 ${server} 的输出` },
        );
  }
  return readAnswer(program, output);
}

function readAnswer(program: string, output: string): HelperAnswer {
  let answer: JsonValue;
  try {
    answer = JSON.parse(output) as JsonValue;
  } catch {
    answer = null;
  }
  if (!isObject(answer)) {
    return failed(
      { en: `${program} answered with something that is not JSON`, zh: `${program} 的输出不是 JSON` },
      { en: `see whether ${program} is a credential helper`, zh: `检查 ${program} 是否为凭据助手` },
    );
  }
  const username = textIn(answer, 'Username') ?? '';
  const secret = textIn(answer, 'Secret') ?? '';
  return username === '' && secret === '' ? { kind: 'none' } : { kind: 'found', username, secret };
}

interface Ended {
  readonly code: number | string;
  readonly output: string;
}

function run(
  path: string,
  input: string,
  environment: Readonly<Record<string, string | undefined>>,
  timeout: number,
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...environment }, timeout, killSignal: 'SIGKILL', maxBuffer: largestAnswer } as const;
    const child = execFile(path, ['get'], options, (error, output) => {
      if (!error) resolve({ code: 0, output });
      else if (error.killed && error.code !== 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        resolve({ code: 'timeout', output: '' });
      else resolve({ code: error.code ?? error.signal ?? 'EIO', output });
    });
    // One that ends without reading is no failure: its answer says more.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

function findProgram(name: string, path: string): string | undefined {
  return path
    .split(':')
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function failed(reason: Text, need: Text): HelperAnswer {
  return { kind: 'failed', reason, need };
}
