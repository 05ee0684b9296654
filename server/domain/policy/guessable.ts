/**
 * What programs that guess passwords try first, as parts: they put a word, a run of keys, a date and a few signs
 * together. Ours, gathered by hand; the words are those of passwords in general, in English and pinyin, and of this
 * service and its places.
 */
const WORDS = [
  ...words(
    'password passwd pass pwd word admin administrator root user guest test tester demo temp default',
  ),
  ...words(
    'login welcome letmein secret master manager system super superman batman service server public',
  ),
  ...words(
    'hello iloveyou love lover baby angel princess sunshine flower summer winter spring autumn monkey',
  ),
  ...words(
    'dragon tiger shadow football baseball basketball soccer hockey michael jordan charlie computer',
  ),
  ...words(
    'internet google facebook windows office changeme change start work company trustno access',
  ),
  ...words(
    'woaini woaiwo woaini aini wojia nihao mima zhongguo china beijing shanghai wang zhang li liu chen',
  ),
  ...words(
    'yang zhao huang zhou wu xu sun zhu ma hu guo lin he gao liang zheng luo song xie tang qq wechat',
  ),
  ...words(
    'weixin taobao baidu alibaba huawei xiaomi caonima diannao gongsi gongzuo guanli guanliyuan yonghu',
  ),
  ...words(
    'jilin jilinsheng changchun siping liaoyuan tonghua baishan songyuan baicheng yanbian yanji',
  ),
  ...words(
    'risk riskmap map fengxian fengxiantu fengxianditu ditu anquan anquanjian yingji yingjiju yingjiguanli',
  ),
  ...words(
    'safety emergency jianguan ajj yjj shengchan anquanshengchan abc abcd qwe asd zxc aaa zaq xsw',
  ),
];

/** Rows and slants of a keyboard; whoever types along one of them types nothing of his own. */
const KEY_LINES = [
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  '1234567890-=',
  '!@#$%^&*()_+',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1029384756',
  '1357924680',
  '147258369',
  '159357',
  '741852963',
];

/** Figures that sound like words, or stand for luck. */
const FIGURES = words(
  '520 521 1314 5201314 1314520 3344 7758521 110 119 12350 168 888 666 007 888888 666666',
);

/** As they are written for letters. */
const WRITTEN: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
};

/** More parts than these, and the order of them is something of one's own. */
const MOST_PARTS = 4;
const SHORTEST_RUN = 3;

function words(text: string): readonly string[] {
  return text.split(' ');
}

const KNOWN: ReadonlySet<string> = new Set([...WORDS, ...FIGURES]);
const LONGEST = Math.max(...[...KNOWN].map((word) => word.length));
const LINES = KEY_LINES.flatMap((line) => [line, Array.from(line).toReversed().join('')]);

/** Whether a password is nothing but a few of the parts that are tried first. Letter case does not matter. */
export function isGuessable(password: string): boolean {
  const text = password.toLowerCase();
  return fewestParts(text) <= MOST_PARTS || fewestParts(plain(text)) <= MOST_PARTS;
}

/** `p@ssw0rd` → `password`; figures at the end stay what they are. */
function plain(text: string): string {
  const end = /[\d\W_]*$/.exec(text)?.index ?? text.length;
  const letters = Array.from(text.slice(0, end), (sign) => WRITTEN[sign] ?? sign).join('');
  return letters + text.slice(end);
}

/** How few parts the text can be put together from; Infinity where something of it is none. */
function fewestParts(text: string): number {
  const signs = Array.from(text);
  const least = [0];
  for (let end = 1; end <= signs.length; end += 1) {
    let fewest = Infinity;
    for (let start = Math.max(0, end - longestPart(signs.length)); start < end; start += 1) {
      const before = least[start] ?? Infinity;
      if (before + 1 < fewest && isPart(signs.slice(start, end).join(''))) fewest = before + 1;
    }
    least.push(fewest);
  }
  return least[signs.length] ?? Infinity;
}

function longestPart(length: number): number {
  return Math.min(length, Math.max(LONGEST, 28));
}

function isPart(text: string): boolean {
  return (
    KNOWN.has(text) ||
    isRepeated(text) ||
    isDate(text) ||
    // One letter, figure or sign more is what a rule about kinds of signs makes of a word.
    /^[\x20-\x7E]$/.test(text) ||
    (text.length >= SHORTEST_RUN && LINES.some((line) => line.includes(text)))
  );
}

/** 1111, abab, 123123: something short, again and again. */
function isRepeated(text: string): boolean {
  return /^(.{1,4})\1+$/u.test(text) && text.length >= SHORTEST_RUN;
}

/** 1900 to 2099, with month and day or without. */
function isDate(text: string): boolean {
  return /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?$/.test(text);
}
