export type BoxState = {
  readonly text: string;
  readonly isOpen: boolean;
  /** Option that Enter would choose; null: the first. */
  readonly active: number | null;
};

export const CLOSED: BoxState = { text: '', isOpen: false, active: null };

/** What a key leads to beside the new state: `choose` the active option, `leave` the field. */
export type Pressed = {
  readonly state: BoxState;
  readonly does: 'choose' | 'leave' | null;
};

/** The state after a key; null where the key is not the box's business. `count`: options in the list. */
export function afterKey(state: BoxState, key: string, count: number): Pressed | null {
  switch (key) {
    case 'ArrowDown':
      return moved(state, count, 1);
    case 'ArrowUp':
      return moved(state, count, -1);
    case 'Enter':
      return state.isOpen && count > 0 ? { state, does: 'choose' } : null;
    case 'Escape':
      return escaped(state);
    default:
      return null;
  }
}

/** From the field into the list and round; a closed list opens first. */
function moved(state: BoxState, count: number, step: 1 | -1): Pressed | null {
  if (state.text.trim() === '') return null;
  if (!state.isOpen) return { state: { ...state, isOpen: true, active: null }, does: null };
  if (count === 0) return { state, does: null };
  const from = state.active ?? (step === 1 ? -1 : count);
  return { state: { ...state, active: (from + step + count) % count }, does: null };
}

/** The list closes first, then the text goes, then the field is left. */
function escaped(state: BoxState): Pressed {
  if (state.isOpen) return { state: { ...state, isOpen: false, active: null }, does: null };
  return state.text === '' ? { state, does: 'leave' } : { state: CLOSED, does: null };
}

/** Another text: the list opens, and nothing in it is chosen yet. */
export function afterTyping(text: string): BoxState {
  return { text, isOpen: text.trim() !== '', active: null };
}
