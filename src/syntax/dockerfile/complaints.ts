import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';

/** Something that BuildKit refuses. */
export interface Complaint {
  readonly message: Text;
  readonly span: Span;
}

/** In the words that users read. */
export const complaints = {
  directiveTwice: (name: string) => ({ en: `the directive ${name} is there twice`, zh: `指令注释 ${name} 出现了两次` }),
  escapeCharacter: () => ({ en: 'the escape character can only be \\ or `', zh: '转义字符只能是 \\ 或 `' }),
  heredocOpen: (name: string) => ({
    en: `the here-document ${name} is never ended: no later line is just "${name}"`,
    zh: `here-document ${name} 没有结束：其后没有任何一行恰好是“${name}”`,
  }),
  braceOpen: (character: string) => ({
    en: `a variable in braces has no closing ${character}`,
    zh: `花括号中的变量缺少结尾的 ${character}`,
  }),
  quoteOpen: (quote: string) => ({ en: `the quote ${quote} is not closed`, zh: `引号 ${quote} 没有闭合` }),
  tooDeep: () => ({ en: 'variables are nested too deep', zh: '变量嵌套过深' }),
  namelessVariable: () => ({ en: 'there is no name in the braces of a variable', zh: '变量的花括号中没有名称' }),
  modifier: (operator: string, name: string) => ({
    en: `"${operator}" means nothing behind the name in \${${name}…}`,
    zh: `\${${name}…} 中名称之后的“${operator}”没有意义`,
  }),
  unknownInstruction: (word: string, near?: string) => ({
    en: `${word} is no instruction${near ? `; ${near} may be meant` : ''}`,
    zh: `${word} 不是指令${near ? `；可能是想写 ${near}` : ''}`,
  }),
  unknownFlag: (keyword: string, name: string) => ({
    en: `${keyword} has no flag --${name}`,
    zh: `${keyword} 没有 --${name} 这个选项`,
  }),
  flagWithoutValue: (name: string) => ({ en: `--${name} has no value`, zh: `--${name} 缺少值` }),
  flagTwice: (name: string) => ({ en: `--${name} is there twice`, zh: `--${name} 出现了两次` }),
  noVariableInFrom: () => ({ en: '--from takes no variable', zh: '--from 不支持变量' }),
  noArguments: (keyword: string) => ({ en: `${keyword} has no arguments`, zh: `${keyword} 缺少参数` }),
  noDestination: (keyword: string) => ({
    en: `${keyword} needs a source and a destination`,
    zh: `${keyword} 需要源和目标`,
  }),
  heredocDestination: (keyword: string) => ({
    en: `a here-document cannot be the destination of ${keyword}`,
    zh: `here-document 不能作为 ${keyword} 的目标`,
  }),
  notOnlyStrings: () => ({ en: 'the JSON form can only hold strings', zh: 'JSON 形式只能包含字符串' }),
  shellNotJson: () => ({ en: 'SHELL takes only the JSON form', zh: 'SHELL 只接受 JSON 形式' }),
  fromArguments: () => ({
    en: 'behind the image of FROM stand only AS and a name',
    zh: 'FROM 的镜像之后只能是 AS 和名称',
  }),
  aliasMissing: () => ({ en: 'AS has no name behind it', zh: 'AS 之后没有名称' }),
  aliasName: (name: string) => ({
    en: `${name} cannot be the name of a stage: it begins with a letter, and has only letters, digits, "-", "_" and "." in it`,
    zh: `${name} 不能作为阶段名称：名称须以字母开头，且只能包含字母、数字、“-”、“_”和“.”`,
  }),
  imageEmpty: (word: string) => ({
    en: `${word} leaves nothing as the image of FROM`,
    zh: `${word} 展开后为空，FROM 没有镜像`,
  }),
  port: (word: string) => ({
    en: `${word} is no port: a number or a range, with /tcp, /udp or /sctp behind it`,
    zh: `${word} 不是端口：应为数字或范围，其后可加 /tcp、/udp 或 /sctp`,
  }),
  emptyVolume: () => ({ en: 'the path of a VOLUME is empty', zh: 'VOLUME 的路径为空' }),
  noneWithArguments: () => ({ en: 'HEALTHCHECK NONE takes no arguments', zh: 'HEALTHCHECK NONE 不接受参数' }),
  healthcheckType: (word: string) => ({
    en: `behind HEALTHCHECK stands CMD or NONE, not ${word}`,
    zh: `HEALTHCHECK 之后应为 CMD 或 NONE，而不是 ${word}`,
  }),
  healthcheckEmpty: () => ({ en: 'HEALTHCHECK CMD has no command', zh: 'HEALTHCHECK CMD 缺少命令' }),
  onbuildCannot: (word: string) => ({ en: `ONBUILD cannot carry ${word}`, zh: `ONBUILD 不能携带 ${word}` }),
  noPair: (word: string) => ({
    en: `${word} is no pair of a name and a value: it has no =`,
    zh: `${word} 不是“名称=值”的形式：缺少 =`,
  }),
  pairNameless: () => ({ en: 'there is no name before the =', zh: '= 之前没有名称' }),
  pairIncomplete: (keyword: string) => ({
    en: `${keyword} needs a name and a value`,
    zh: `${keyword} 需要名称和值`,
  }),
  beforeFrom: (keyword: string) => ({
    en: `${keyword} stands before the first FROM, where only ARG may stand`,
    zh: `${keyword} 出现在第一个 FROM 之前，而那里只能有 ARG`,
  }),
  noFrom: () => ({ en: 'there is no FROM', zh: '没有 FROM' }),
  noStage: (name: string) => ({ en: `there is no stage ${name} to build`, zh: `没有可构建的阶段 ${name}` }),
  noStageNumber: (number: string) => ({ en: `there is no stage number ${number}`, zh: `没有编号为 ${number} 的阶段` }),
  circle: (name: string) => ({
    en: `the stage copies from ${name}, which itself needs this stage`,
    zh: `该阶段从 ${name} 复制，而后者又依赖该阶段`,
  }),
} as const satisfies Readonly<Record<string, (...words: string[]) => Text>>;
