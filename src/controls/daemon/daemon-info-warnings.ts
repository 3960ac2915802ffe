import { defineControl } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { matchesGlob } from '../../model/glob.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { judgedWarnings } from './engine-warnings.ts';

/** Characters of a warning that a message shows. */
const shownLength = 200;

export const daemonInfoWarnings = defineControl({
  id: 'daemon-info-warnings',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'The engine has nothing to warn of', zh: '引擎没有发出警告' },
  why: {
    en: 'The engine warns of what it cannot do as asked: forwarding that is off, traffic past the packet filter, a storage driver that loses data. Few people ever read it.',
    zh: '引擎会就无法按要求完成的事项发出警告：转发被关闭、流量绕过包过滤、存储驱动可能丢失数据。但很少有人查看。',
  },
  how: {
    en: 'Reads the warnings in the answer of GET /info. Those that another control judges from better sources are left to it, and so are those about limits that Linux dropped.',
    zh: '读取 GET /info 应答中的警告。其他控制项已依据更可靠的来源判断的，以及涉及 Linux 已废弃的限额的，均不在此重复。',
  },
  references: {
    nist800190: ['4.4'],
    aliases: ['engine-info-warnings', 'CONT-8104'],
    links: ['https://docs.docker.com/reference/cli/docker/system/info/#warnings-about-kernel-support'],
  },
  parameters: {
    accepted: {
      default: [] as string[],
      description: {
        en: 'Warnings that are known and accepted, as texts with * and ?, without the word WARNING.',
        zh: '已知并接受的警告文本，可含 * 和 ?，不含 WARNING 一词。',
      },
    },
  },

  judge(engine, { parameters: { accepted } }) {
    const { info } = engine;
    if (!info.known) return unknownFrom(info);
    const evidence = evidenceOf(info, [...info.value.warnings], `${info.path} Warnings`);
    const open = openWarnings(engine, accepted);
    if (open.length > 0) {
      const texts = listed(open.map((text) => (text.length > shownLength ? `${text.slice(0, shownLength)}…` : text)));
      return fail({ en: `The engine warns: ${texts.en}`, zh: `引擎警告：${texts.zh}` }, evidence, 'warnings');
    }
    const others = judgedWarnings(info.value.warnings, engine).flatMap(({ judgedBy }) => judgedBy ?? []);
    const names = listed([...new Set(others)]);
    return others.length > 0
      ? pass(
          { en: `It only warns of what others judge: ${names.en}.`, zh: `仅有其他控制项已判断的警告：${names.zh}。` },
          evidence,
        )
      : pass({ en: 'It warns of nothing that matters.', zh: '没有值得处理的警告。' }, evidence);
  },

  remedy(engine, { parameters: { accepted } }) {
    const open = openWarnings(engine, accepted);
    const switches = Object.entries(kernelSwitches)
      .filter(([text]) => open.some((warning) => warning.startsWith(text)))
      .map(([, name]) => `sysctl -w ${name}=1`);
    // The parameters of bridges are there only with their module.
    const commands = switches.some((each) => each.includes('bridge-nf-'))
      ? ['modprobe br_netfilter', ...switches]
      : switches;
    return byHand(
      {
        en: 'Mend what the engine warns of; kernel parameters for good below /etc/sysctl.d. What must stay belongs in the parameter accepted.',
        zh: '处理引擎警告的问题；内核参数应写入 /etc/sysctl.d 以持久生效。确需保留的，列入参数 accepted。',
      },
      commands.length > 0 ? commands : [`${engine.kind} info`],
    );
  },
});

/** The kernel parameter that each of these warnings is about. */
const kernelSwitches: Readonly<Record<string, string>> = {
  'IPv4 forwarding is disabled': 'net.ipv4.ip_forward',
  'bridge-nf-call-iptables is disabled': 'net.bridge.bridge-nf-call-iptables',
  'bridge-nf-call-ip6tables is disabled': 'net.bridge.bridge-nf-call-ip6tables',
};

function openWarnings(engine: EngineFacts, accepted: readonly string[]): string[] {
  if (!engine.info.known) return [];
  return judgedWarnings(engine.info.value.warnings, engine)
    .filter(({ judgedBy, text }) => judgedBy === undefined && !accepted.some((pattern) => matchesGlob(pattern, text)))
    .map(({ text }) => text);
}
