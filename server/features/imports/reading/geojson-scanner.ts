import { broken, tooLarge } from './refusal.ts';

/** Nesting of a whole GeoJSON file, properties included: JSON.parse itself recurses. */
const DEEPEST = 64;
/** Bytes of one feature, and of everything around the features together. */
const LONGEST_SLICE = 16_000_000;
/** Keys longer than this are not "features", even with every character escaped. */
const LONGEST_KEY = 100;
/** What stands for a feature in the rest of the file: the digit 0. */
const PLACEHOLDER = Buffer.from('0');

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

type Slice = {
  readonly add: (bytes: Buffer) => void;
  readonly take: () => Buffer;
};

type State = {
  depth: number;
  isString: boolean;
  isEscaped: boolean;
  /** The string that is open directly inside the top-level object, and the last one before it. */
  key: number[] | null;
  lastKey: string;
  /** Inside the array of features. */
  isList: boolean;
  count: number;
  readonly feature: Slice;
  readonly rest: Slice;
};

export type FeatureScanner = {
  /** The features that end in this piece, as JSON. */
  readonly write: (piece: Buffer) => Buffer[];
  /** The file without its features: each is replaced by a 0. */
  readonly rest: () => Buffer;
  /** Features seen so far. */
  readonly count: () => number;
};

/**
 * Cuts a FeatureCollection into features without parsing it: only strings and brackets are followed,
 * in constant memory and whatever the nesting, which is limited here. Whether the pieces are valid
 * JSON is for JSON.parse to say.
 */
export function createFeatureScanner(): FeatureScanner {
  const state: State = {
    depth: 0,
    isString: false,
    isEscaped: false,
    key: null,
    lastKey: '',
    isList: false,
    count: 0,
    feature: createSlice(() => featureTooLong(state.count + 1)),
    rest: createSlice(restTooLong),
  };
  return { write: (piece) => scan(state, piece), rest: state.rest.take, count: () => state.count };
}

function scan(state: State, piece: Buffer): Buffer[] {
  const done: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < piece.length; at += 1) {
    const byte = piece[at] ?? 0;
    if (state.isString) inString(state, byte);
    else if (byte === QUOTE) beginString(state);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (state.isList && state.depth === 2 && byte === OPEN_OBJECT) {
        state.rest.add(piece.subarray(from, at));
        from = at;
      }
      open(state, byte);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      state.depth -= 1;
      if (state.isList && state.depth === 2 && byte === CLOSE_OBJECT) {
        done.push(endFeature(state, piece.subarray(from, at + 1)));
        from = at + 1;
      }
      if (state.depth < 2) state.isList = false;
    }
  }
  (isInFeature(state) ? state.feature : state.rest).add(piece.subarray(from));
  return done;
}

function isInFeature({ isList, depth }: State): boolean {
  return isList && depth > 2;
}

function beginString(state: State): void {
  state.isString = true;
  state.key = state.depth === 1 ? [] : null;
}

function inString(state: State, byte: number): void {
  if (state.isEscaped) state.isEscaped = false;
  else if (byte === BACKSLASH) state.isEscaped = true;
  else if (byte === QUOTE) {
    state.isString = false;
    if (state.key !== null) state.lastKey = keyText(state.key);
    return;
  }
  if (state.key !== null && state.key.length < LONGEST_KEY) state.key.push(byte);
}

/** A key as JSON means it: letters may be spelled as escapes. */
function keyText(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString()}"`));
  } catch {
    return '';
  }
}

function open(state: State, byte: number): void {
  state.depth += 1;
  if (state.depth > DEEPEST) throw tooDeep(state.isList ? state.count + 1 : undefined);
  // An array of arrays keeps its place: "features" is the list only directly below the top.
  if (state.depth === 2) state.isList = byte === OPEN_LIST && state.lastKey === 'features';
}

function endFeature(state: State, end: Buffer): Buffer {
  state.feature.add(end);
  state.rest.add(PLACEHOLDER);
  state.count += 1;
  return state.feature.take();
}

/** Bytes collected over pieces, with a limit. */
function createSlice(refuse: () => Error): Slice {
  let bytes = Buffer.allocUnsafe(4096);
  let length = 0;
  return {
    add: (more) => {
      const end = length + more.length;
      if (end > LONGEST_SLICE) throw refuse();
      if (end > bytes.length) bytes = Buffer.concat([bytes], Math.max(end, 2 * bytes.length));
      more.copy(bytes, length);
      length = end;
    },
    take: () => {
      const taken = Buffer.from(bytes.subarray(0, length));
      length = 0;
      return taken;
    },
  };
}

function featureTooLong(row: number): Error {
  return tooLarge(
    `第 ${row} 个要素超过 ${LONGEST_SLICE / 1e6} MB，顶点过多。请简化图形后再导入。`,
    `Feature ${row} has more than ${LONGEST_SLICE / 1e6} MB: too many vertices. Simplify its shape.`,
    { row },
  );
}

function restTooLong(): Error {
  return tooLarge(
    '文件不是 GeoJSON 要素集合，或要素之外的内容过多。',
    'The file is no GeoJSON FeatureCollection, or holds too much beside its features.',
  );
}

function tooDeep(row: number | undefined): Error {
  const zh = row === undefined ? '文件' : `第 ${row} 个要素`;
  const en = row === undefined ? 'The file' : `Feature ${row}`;
  return broken(
    `${zh}的嵌套超过 ${DEEPEST} 层，已拒绝。`,
    `${en} is nested more than ${DEEPEST} deep and was refused.`,
    row === undefined ? {} : { row },
  );
}
