import { Command } from 'commander';
import { levels } from '../model/control.ts';
import { tolerances } from '../model/tolerance.ts';
import type { Language, Text } from '../model/text.ts';
import { formats } from '../report/formats.ts';
import type { FixOptions } from './fix.ts';
import { exportFormats } from './export-formats.ts';
import { localised } from './localised.ts';
import { addEngineOptions, addPolicyOptions, addSharedOptions, collect, oneOf } from './options.ts';

const texts = {
  fix: {
    en: 'plan what would mend what the audit finds; with --apply do it, prove it, and keep what undoing it needs',
    zh: '规划如何修复审计发现的问题；使用 --apply 时执行、验证，并保留撤销所需的一切',
  },
  format: {
    en: 'form of the plan (terminal, json, markdown, html) or, with --apply and --undo, of the report',
    zh: '计划的格式（terminal、json、markdown、html）；配合 --apply 与 --undo 时为报告的格式',
  },
  apply: {
    en: 'do what the plan says, one action after the other, each proven by judging again',
    zh: '按计划逐项执行，每项都重新判断以验证',
  },
  undo: {
    en: 'take a fix back: its id, or last',
    zh: '撤销某次修复：填写其编号，或 last 表示最近一次',
  },
  forget: {
    en: 'let an interrupted fix be as it is: it was put right by hand',
    zh: '不再处理被中断的修复：已由人工处理完毕',
  },
  history: { en: 'list the fixes of this machine', zh: '列出本机的修复记录' },
  export: {
    en: 'print the plan for other tools to apply',
    zh: '输出供其他工具执行的计划',
  },
  only: { en: 'only what fails at these levels', zh: '仅修复这些层级的问题' },
  subject: {
    en: 'only what fails of these subjects: ids, names or globs; may be repeated',
    zh: '仅修复这些对象的问题：id、名称或通配符，可重复',
  },
  disruption: {
    en: 'the most that may be disrupted: nothing; the engine reloads; it restarts while containers go on; containers stop, lose connections or are made anew',
    zh: '允许的最大中断程度：无；引擎重新加载；引擎重启而容器继续运行；容器停止、断开连接或重建',
  },
  allowRemoval: {
    en: 'also remove stopped containers and unused images, which cannot be undone',
    zh: '同时移除已停止的容器和未使用的镜像，此项无法撤销',
  },
  state: {
    en: 'the folder of the journal (default: /var/lib/plimsoll)',
    zh: '日志所在的文件夹（默认：/var/lib/plimsoll）',
  },
} satisfies Record<string, Text>;

export function fixCommand(language: Language, exit: (code: number) => void): Command {
  const command = addEngineOptions(localised(new Command('fix'), language), language)
    .description(texts.fix[language])
    .option('--format <format>', texts.format[language], oneOf(formats), 'terminal')
    .option('--apply', texts.apply[language])
    .option('--undo <id>', texts.undo[language])
    .option('--forget <id>', texts.forget[language])
    .option('--history', texts.history[language])
    .option('--export <form>', `${texts.export[language]}: ${exportFormats.join(', ')}`, oneOf(exportFormats))
    .option('--only <levels>', texts.only[language], collectLevels)
    .option('--subject <names>', texts.subject[language], collect)
    .option(
      '--disruption <most>',
      `${texts.disruption[language]} (${tolerances.join(', ')})`,
      oneOf(tolerances),
      'restart',
    )
    .option('--allow-removal', texts.allowRemoval[language])
    .option('--state <folder>', texts.state[language]);
  return addSharedOptions(addPolicyOptions(command, language), language).action(
    async (options: FixOptions, self: Command) => {
      const { fix } = await import('./fix.ts');
      exit(await fix({ ...self.optsWithGlobals(), ...options }, language));
    },
  );
}

function collectLevels(value: string, before: readonly string[] = []): string[] {
  return [...before, ...collect(value).map(oneOf(levels))];
}
