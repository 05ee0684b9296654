import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { crsNames } from '#server/domain/crs/crs.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import { parseCoordinatePair } from '#server/domain/crs/parse-coordinate.ts';
import { useSearch } from '#client/api/search.ts';
import { closeEdit, leaveEdit } from '#client/state/edit-store.ts';
import { openHere } from '#client/state/here-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';
import { CloseIcon, SearchIcon } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { nodeOf, optionsOf, spotOf } from './found.ts';
import type { Option } from './found.ts';
import { afterKey, afterTyping, CLOSED } from './search-keys.ts';
import type { BoxState } from './search-keys.ts';
import { SearchPopup } from './search-popup.tsx';
import './search.css';

const DEBOUNCE_MS = 200;
const LIST_ID = 'search-list';
const optionId = (index: number) => `search-option-${index}`;

/** One field for regions, enterprises, risk points, places, codes and coordinates. */
export function SearchBox() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const box = useBox();
  const { state, setState, options } = box;
  const choose = useChoice(box.asked.crs, state.text, () => {
    setState(CLOSED);
    input.current?.blur();
  });
  const hurry = useHurry(box, choose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && box.isWaiting && state.active === null) {
      event.preventDefault();
      hurry();
      return;
    }
    const pressed = afterKey(state, event.key, options.length);
    if (pressed === null) return;
    event.preventDefault();
    const chosen = pressed.does === 'choose' ? options[pressed.state.active ?? 0] : undefined;
    if (chosen === undefined) setState(pressed.state);
    else choose(chosen);
    if (pressed.does === 'leave') input.current?.blur();
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    setState((now) => ({ ...now, isOpen: false, active: null }));
  };
  return (
    <search className={`search${state.isOpen ? ' is-open' : ''}`} onBlur={onBlur}>
      <div className="search-field">
        <SearchIcon size={18} />
        <input
          ref={input}
          id="search-input"
          data-testid="search-input"
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={state.text}
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
          aria-expanded={state.isOpen}
          aria-controls={LIST_ID}
          aria-autocomplete="list"
          aria-activedescendant={state.active === null ? undefined : optionId(state.active)}
          onChange={(event) => setState(afterTyping(event.currentTarget.value))}
          onFocus={() => setState((now) => ({ ...now, isOpen: now.text.trim() !== '' }))}
          onCompositionStart={() => box.setComposing(true)}
          onCompositionEnd={() => box.setComposing(false)}
          onKeyDown={onKeyDown}
        />
        <FieldEnd
          isEmpty={state.text === ''}
          onClear={() => {
            setState(CLOSED);
            input.current?.focus();
          }}
        />
      </div>
      {state.isOpen ? (
        <SearchPopup
          listId={LIST_ID}
          optionId={optionId}
          box={box}
          onChoose={choose}
          onPoint={(active) => setState((now) => ({ ...now, active }))}
        />
      ) : null}
    </search>
  );
}

type EndProps = { readonly isEmpty: boolean; readonly onClear: () => void };

/** The key that leads here, or the way to empty the field. */
function FieldEnd({ isEmpty, onClear }: EndProps) {
  const { t } = useTranslation();
  if (isEmpty) return <kbd aria-hidden="true">/</kbd>;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('search.clear')}
      title={t('search.clear')}
      onClick={onClear}
    >
      <CloseIcon size={16} />
    </button>
  );
}

/** What is typed, what was asked, and what was found. */
function useBox() {
  const [state, setState] = useState<BoxState>(CLOSED);
  const [isComposing, setComposing] = useState(false);
  const [crs, setCrs] = useState<DegreeCrs>('wgs84');
  const [isNarrow, setNarrow] = useState(false);
  const node = useViewPart((view) => view.node);
  const scope = node.kind === 'region' ? node.code : null;
  const typed = state.text.trim();
  // While a Chinese word is being composed, its letters are not what is searched for.
  const [settled] = useDebouncedValue(isComposing ? null : typed, DEBOUNCE_MS);
  const q = settled === null || typed === '' ? '' : settled;
  const isCoordinate = parseCoordinatePair(typed) !== null;
  const asked = {
    q,
    crs: isCoordinate ? crs : 'wgs84',
    region: isNarrow ? scope : null,
  } as const;
  const answer = useSearch(asked);
  return {
    state,
    setState,
    setComposing,
    isCoordinate,
    setCrs,
    scope,
    isNarrow,
    setNarrow,
    asked,
    answer,
    /** Rows of an older text are not chosen from. */
    options: optionsOf(q === '' ? undefined : answer.data),
    isWaiting: q !== typed || answer.isFetching,
  };
}

/** Enter before the answer is there chooses its first row as soon as it comes. */
function useHurry(box: Box, choose: (option: Option) => void): () => void {
  const wanted = useRef<string | null>(null);
  const { text } = box.state;
  const [first] = box.options;
  const run = useEffectEvent(choose);
  useEffect(() => {
    if (wanted.current === null || (wanted.current === text && box.isWaiting)) return;
    const isStillMeant = wanted.current === text;
    wanted.current = null;
    if (isStillMeant && first !== undefined) run(first);
  }, [text, box.isWaiting, first]);
  return () => {
    wanted.current = text;
  };
}

export type Box = ReturnType<typeof useBox>;

/** Goes where a row leads; a form with something unsaved is asked first. */
function useChoice(crs: DegreeCrs, text: string, done: () => void): (option: Option) => void {
  const lang = useLang();
  return (option) => {
    done();
    const { drawerStop } = uiStore.get();
    const room = {
      sheet: 'node',
      drawerStop: drawerStop === 'peek' ? 'half' : drawerStop,
    } as const;
    const node = nodeOf(option);
    if (node !== null) {
      uiStore.set({ ...room, wantsTitleFocus: true });
      viewStore.set({ node, page: null }, 'push');
      return;
    }
    const typed = crs === 'wgs84' ? text : `${text} · ${nameIn(crsNames(crs), lang)}`;
    const spot = spotOf(option, typed.trim());
    if (spot === null) return;
    leaveEdit(() => {
      closeEdit();
      uiStore.set(room);
      viewStore.set({ camera: spot.camera }, 'replace');
      openHere(spot.here);
    });
  };
}
