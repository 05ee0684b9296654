import { languageOf } from './url-state.ts';
import type { Language } from './url-state.ts';

const KEY = 'language';

/** What the reader chose in the settings, over visits. */
export type KeptLanguage = {
  /** Null: nothing was chosen yet. */
  readonly read: () => Language | null;
  readonly write: (language: Language) => void;
};

export const nothingKept: KeptLanguage = { read: () => null, write: () => undefined };

/** Keeps the choice in a storage; where that is closed or full, it holds for this visit only. */
export function keepLanguageIn(storage: () => Pick<Storage, 'getItem' | 'setItem'>): KeptLanguage {
  return {
    read: () => {
      try {
        return languageOf(storage().getItem(KEY));
      } catch {
        return null;
      }
    },
    write: (language) => {
      try {
        storage().setItem(KEY, language);
      } catch {
        // The address still says it.
      }
    },
  };
}
