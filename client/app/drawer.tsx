import { useViewportSize } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import type { DrawerStop } from '#client/state/ui-store.ts';
import { useCard } from './cards.ts';
import { nearestStop, nextStop, stopHeights } from './drawer-stops.ts';

const SIDES = ['bottom'] as const;
const NAMES = {
  peek: 'panel.drawerPeek',
  half: 'panel.drawerHalf',
  full: 'panel.drawerFull',
} as const;

/** The panel of a phone: a sheet from below with three stops, dragged or moved by keys. */
export function Drawer({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { drawerStop } = useStore(uiStore);
  const windowHeight = useViewportSize().height || window.innerHeight;
  const card = useCard(SIDES);
  const drag = useDrag(stopHeights(windowHeight)[drawerStop], windowHeight);
  const onKeyDown = (event: KeyboardEvent) => {
    const stop = stopByKey(event.key, drawerStop);
    if (stop === null) return;
    event.preventDefault();
    uiStore.set({ drawerStop: stop });
  };
  return (
    <aside
      ref={card}
      id="panel"
      tabIndex={-1}
      className={`drawer card${drag.isDragging ? ' is-dragging' : ''}`}
      style={{ height: drag.height }}
      data-testid="panel"
      data-stop={drawerStop}
      aria-label={t('panel.label')}
    >
      <button
        type="button"
        className="drawer-handle"
        aria-label={`${t(NAMES[drawerStop])}${t('app.colon')}${t('panel.drawerHandle')}`}
        aria-expanded={drawerStop !== 'peek'}
        data-testid="drawer-handle"
        onKeyDown={onKeyDown}
        {...drag.handlers}
      >
        <span className="drawer-grip" />
      </button>
      {children}
    </aside>
  );
}

/** Arrows go one stop; Enter and Space do what a tap does. */
function stopByKey(key: string, stop: DrawerStop): DrawerStop | null {
  if (key === 'ArrowUp') return nextStop(stop, 1);
  if (key === 'ArrowDown') return nextStop(stop, -1);
  return key === 'Enter' || key === ' ' ? stopAfterTap(stop) : null;
}

/** One stop up, and from the top back to the least. */
function stopAfterTap(stop: DrawerStop): DrawerStop {
  return stop === 'full' ? 'peek' : nextStop(stop, 1);
}

type Start = { readonly y: number; readonly height: number; readonly at: number };

/** A press that hardly moves is a tap. */
const TAP_PX = 6;

function useDrag(rest: number, windowHeight: number) {
  const [height, setHeight] = useState<number | null>(null);
  const start = useRef<Start | null>(null);
  const end = (event: PointerEvent) => {
    const from = start.current;
    if (from === null) return;
    start.current = null;
    setHeight(null);
    const moved = from.y - event.clientY;
    const { drawerStop } = uiStore.get();
    if (Math.abs(moved) < TAP_PX) {
      uiStore.set({ drawerStop: stopAfterTap(drawerStop) });
      return;
    }
    const speed = moved / Math.max(1, event.timeStamp - from.at);
    uiStore.set({ drawerStop: nearestStop(from.height + moved, speed, windowHeight) });
  };
  return {
    height: height ?? rest,
    isDragging: height !== null,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { y: event.clientY, height: rest, at: event.timeStamp };
      },
      onPointerMove: (event: PointerEvent) => {
        const from = start.current;
        if (from === null) return;
        const { peek, full } = stopHeights(windowHeight);
        setHeight(Math.min(full, Math.max(peek * 0.7, from.height + from.y - event.clientY)));
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
