import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { optionOf } from './package-install.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';

export const dockerfilePinGem = defineControl({
  id: 'dockerfile-pin-gem',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Gems have a version', zh: 'Ruby gem 写明版本' },
  why: {
    en: 'Without a version gem installs the newest release of the minute: two builds differ, and a release that was taken over by somebody else gets in at once.',
    zh: '不写版本时，gem 会安装当时最新的发布：两次构建结果不同，被他人劫持的发布也会立即进入镜像。',
  },
  how: {
    en: 'Every gem that gem install names has a version behind a colon, or --version is given, or it is a local .gem file, or a Gemfile lists them.',
    zh: 'gem install 写出的每个 gem 都在冒号后带有版本，或给出了 --version，或是本地 .gem 文件，或由 Gemfile 列出。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3028'],
    links: ['https://guides.rubygems.org/command-reference/#gem-install'],
  },
  counterexample: {
    bad: 'FROM ruby:3.4\nRUN gem install bundler\n',
    good: 'FROM ruby:3.4\nRUN gem install bundler:2.7.1\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), { en: 'Every gem has a version.', zh: 'gem 都写明了版本。' });
  },

  remedy() {
    return byHand({ en: 'Write name:version.', zh: '写作 name:version。' });
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(
    dockerfile,
    ['gem'],
    (name, call) =>
      isDynamic(name) || /:.|\.gem$/.test(name) || optionOf(call, '-v', '--version', '-g', '--file') !== undefined,
  );
}
