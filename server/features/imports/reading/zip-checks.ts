import type { Entry } from 'yauzl';
import type { Budgets } from './budgets.ts';
import { broken, tooLarge } from './refusal.ts';

const ARCHIVE_NAME =
  /\.(?:zip|zipx|jar|7z|rar|gz|tgz|bz2|xz|zst|tar|cab|iso|xls[xmb]?|doc[xm]?|ppt[xm]?|od[stp])$/i;
const ENCRYPTED_FLAG = 1;
const STORED = 0;
const DEFLATED = 8;
/** Fixed part of the header before an entry's data. */
const LOCAL_HEADER_BYTES = 30;
/** Unpacked bytes below which the ratio is not looked at: small repetitive tables compress very well. */
const FREE_BYTES = 10_000_000;

export function damaged(): Error {
  return broken(
    '文件已损坏或不完整，无法读取。请重新下载或复制；或用 Excel、WPS 打开后重新保存。',
    'The file is damaged or incomplete. Copy it again, or open it in Excel or WPS and save it again.',
  );
}

/** Throws for an entry that is encrypted, packed in an unknown way, or an archive itself. */
export function checkEntry(entry: Entry): void {
  if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAG) !== 0) {
    throw broken(
      '文件被拒绝：压缩包已加密。请去掉密码后重新保存。',
      'Refused: the archive is encrypted. Remove the password and save it again.',
    );
  }
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw damaged();
  if (!ARCHIVE_NAME.test(entry.fileName)) return;
  throw broken(
    `文件被拒绝：其中嵌有另一个压缩包或文档“${entry.fileName.slice(-80)}”。请删除嵌入的对象后重新保存。`,
    `Refused: another archive or document, "${entry.fileName.slice(-80)}", is embedded in it. Delete embedded objects and save it again.`,
  );
}

/** Throws when the entries together would unpack to more than the limits, or lie over each other. */
export function checkEntries(entries: readonly Entry[], size: number, budgets: Budgets): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > budgets.inflatedBytes) throw tooInflated(budgets);
  const isBomb = entries.some(({ uncompressedSize, compressedSize }) =>
    exceeds(uncompressedSize, compressedSize, budgets.ratio),
  );
  if (isBomb || exceeds(unpacked, size, budgets.ratio)) throw tooDense(budgets.ratio);
  let end = 0;
  for (const entry of entries.toSorted(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  )) {
    if (entry.relativeOffsetOfLocalHeader < end) throw damaged();
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize;
  }
  if (end > size) throw damaged();
}

function exceeds(unpacked: number, packed: number, ratio: number): boolean {
  return unpacked > FREE_BYTES && unpacked > packed * ratio;
}

function tooInflated({ inflatedBytes }: Budgets): Error {
  const megabytes = Math.round(inflatedBytes / 1e6);
  return tooLarge(
    `文件被拒绝：解压后超过 ${megabytes} MB。请拆成几个文件再导入。`,
    `Refused: unpacked it would exceed ${megabytes} MB. Split it into several files.`,
  );
}

function tooDense(ratio: number): Error {
  return tooLarge(
    `文件被拒绝：压缩比超过 ${ratio}:1，疑似“压缩炸弹”。请另存为 CSV 后再导入。`,
    `Refused: it is compressed more than ${ratio}:1, as "zip bombs" are. Save the table as CSV and import that.`,
  );
}
