import { defineControl } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf, mapFact } from '../../model/fact.ts';
import type { CredentialFile, HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { quotedWord } from '../quoted-word.ts';

const path = '/root/.docker/config.json';

export const registryCredentialsProtected = defineControl({
  id: 'registry-credentials-protected',
  subject: 'host',
  severity: {
    usual: 'medium',
    note: {
      en: 'High where others than the owner may read a password, or swap the file.',
      zh: '若属主以外的人可以读取密码或改写该文件，则为高。',
    },
    of: (host) => (filesOf(host).some((file) => holdsPasswords(file) && isOpen(file)) ? 'high' : 'medium'),
  },
  title: {
    en: 'Passwords for registries are kept by a credential helper, not in a file',
    zh: '镜像仓库的密码由凭据助手保管，而不是写在文件里',
  },
  why: {
    en: 'docker login writes the password into the home folder in base64, which is no encryption. Whoever reads the file, or a backup of it, can pull private images and push changed ones.',
    zh: 'docker login 会把密码以 base64 写入主目录，而 base64 并非加密。读到该文件或其备份的人，可以拉取私有镜像并推送被篡改的镜像。',
  },
  how: {
    en: "Looks at the client configuration of every user who can log in, Docker's and Podman's: no entry may hold a password or a token. Users who must do without a helper can be named; their files may be open to nobody else. No secret is taken over.",
    zh: '查看每个可登录用户的客户端配置（Docker 与 Podman）：任何条目都不得含有密码或令牌。确实无法使用助手的用户可以列出，但其文件不得对他人开放。不会留存任何机密。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.2.3'],
    links: ['https://docs.docker.com/reference/cli/docker/login/'],
  },
  parameters: {
    usersWithoutHelper: {
      default: [] as string[],
      description: {
        en: 'Users whose passwords may stand in their file, because no helper can be used there, as long as nobody else may read it.',
        zh: '因无法使用凭据助手而允许把密码写在文件里的用户，前提是他人不可读。',
      },
    },
  },
  counterexample: {
    credentials: mapFact(exemplarHost.credentials, () => [
      {
        path,
        user: 'root',
        status: { path, realPath: path, kind: 'file' as const, uid: 0, gid: 0, mode: 0o600 },
        plainRegistries: ['registry.example'],
      },
    ]),
  },

  judge({ credentials }, { parameters }) {
    if (!credentials.known) return unknownFrom(credentials);
    const wrong = credentials.value.filter((file) => isWrong(file, parameters.usersWithoutHelper));
    const shown = wrong.length > 0 ? wrong : credentials.value;
    const evidence = shown.map((file) => evidenceOf(credentials, [...file.plainRegistries], `${file.path} auths`));
    if (wrong.length > 0) {
      const words = listed(
        wrong
          .toSorted((left, right) => Number(isOpen(right)) - Number(isOpen(left)))
          .map((file) => {
            const registries = listed(file.plainRegistries, 3);
            const mode = file.status.mode.toString(8).padStart(4, '0');
            return isOpen(file)
              ? {
                  en: `${file.path} (${registries.en}; open to others, ${mode})`,
                  zh: `${file.path}（${registries.zh}；对他人开放，${mode}）`,
                }
              : { en: `${file.path} (${registries.en})`, zh: `${file.path}（${registries.zh}）` };
          }),
      );
      return fail({ en: `Passwords stand in ${words.en}.`, zh: `以下文件中写有密码：${words.zh}。` }, evidence);
    }
    return credentials.value.some((file) => holdsPasswords(file))
      ? pass(
          {
            en: 'Passwords stand only in files of users who are accepted, and nobody else may read them.',
            zh: '密码只存在于获准用户的文件中，且他人不可读。',
          },
          evidence,
        )
      : pass({ en: 'No password for a registry stands in a file.', zh: '没有镜像仓库密码写在文件里。' }, [
          evidenceOf(
            credentials,
            credentials.value.map((file) => file.path),
          ),
        ]);
  },

  remedy(host, { parameters }) {
    const wrong = filesOf(host).filter((file) => isWrong(file, parameters.usersWithoutHelper));
    if (wrong.length > 0 && wrong.every(({ user }) => parameters.usersWithoutHelper.includes(user))) {
      return byHand(
        { en: 'Shut the files to everybody but their owners.', zh: '使这些文件仅属主可访问。' },
        wrong.map(closing),
      );
    }
    return byHand(
      {
        en: 'Install a credential helper (pass, secretservice, or that of the cloud), name it in "credsStore" or "credHelpers", log out and in again, and change the passwords that stood in the files. Until then shut the files to others.',
        zh: '安装凭据助手（pass、secretservice 或云厂商的助手），在 "credsStore" 或 "credHelpers" 中指定，重新登录，并更换曾写在文件中的密码。在此之前先使文件对他人不可读。',
      },
      wrong.flatMap((file) => [
        ...(isOpen(file) ? [closing(file)] : []),
        ...(parameters.usersWithoutHelper.includes(file.user)
          ? []
          : file.plainRegistries.map((registry) => logout(file, registry))),
      ]),
    );
  },
});

function filesOf({ credentials }: HostFacts): readonly CredentialFile[] {
  return credentials.known ? credentials.value : [];
}

function holdsPasswords({ plainRegistries }: CredentialFile): boolean {
  return plainRegistries.length > 0;
}

/** To its group or to everybody, for whatever purpose. */
function isOpen({ status }: CredentialFile): boolean {
  return (status.mode & 0o077) !== 0;
}

function isWrong(file: CredentialFile, accepted: readonly string[]): boolean {
  return holdsPasswords(file) && (isOpen(file) || !accepted.includes(file.user));
}

/** As its owner: root would follow a link that the user has put there since, to whatever file. */
function closing({ path: file, status }: CredentialFile): string {
  return `sudo -u '#${status.uid}' chmod 600 ${quotedWord(file)}`;
}

function logout({ path: file, user }: CredentialFile, registry: string): string {
  return file.endsWith('/auth.json')
    ? `sudo -u ${quotedWord(user)} podman logout --authfile ${quotedWord(file)} ${quotedWord(registry)}`
    : `sudo -H -u ${quotedWord(user)} docker logout ${quotedWord(registry)}`;
}
