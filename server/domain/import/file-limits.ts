/** The most that one file to be imported may have, as the upload screen, the documents and the API tell it. */
export const FILE_LIMITS = {
  /** 100 MB. */
  bytes: 100_000_000,
  /** Data rows, without the header. */
  rows: 1_000_000,
  columns: 300,
  cells: 20_000_000,
  /** UTF-16 units of one cell. */
  cellChars: 32_767,
  /** All entries of an XLSX together, unpacked: 1 GB. */
  inflatedBytes: 1_000_000_000,
  /** Of reading: 5 minutes. */
  milliseconds: 300_000,
} as const;

/** The same numbers in the units in which people are told them. */
export const TOLD_LIMITS = {
  megabytes: FILE_LIMITS.bytes / 1_000_000,
  rows: FILE_LIMITS.rows,
  columns: FILE_LIMITS.columns,
  cells: FILE_LIMITS.cells,
  cellChars: FILE_LIMITS.cellChars,
  unpackedMegabytes: FILE_LIMITS.inflatedBytes / 1_000_000,
  minutes: FILE_LIMITS.milliseconds / 60_000,
} as const;
