import { useViewportSize } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useCard } from './cards.ts';
import { nearestStop, nextStop, stopHeights, STOPS } from './drawer-stops.ts';

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
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : null;
    if (direction === null) return;
    event.preventDefault();
    uiStore.set({ drawerStop: nextStop(drawerStop, direction) });
  };
  return (
    <aside
      ref={card}
      className={`drawer card${drag.isDragging ? ' is-dragging' : ''}`}
      style={{ height: drag.height }}
      data-testid="panel"
      data-stop={drawerStop}
      aria-label={t('panel.label')}
    >
      <div
        className="drawer-handle"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('panel.drawerHandle')}
        aria-valuemin={0}
        aria-valuemax={2}
        aria-valuenow={STOPS.indexOf(drawerStop)}
        aria-valuetext={t(NAMES[drawerStop])}
        data-testid="drawer-handle"
        onKeyDown={onKeyDown}
        {...drag.handlers}
      >
        <span className="drawer-grip" />
      </div>
      {children}
    </aside>
  );
}

type Start = { readonly y: number; readonly height: number; readonly at: number };

/** A press that hardly moves is a tap: it goes one stop up, and from the top back to the least. */
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
      uiStore.set({ drawerStop: drawerStop === 'full' ? 'peek' : nextStop(drawerStop, 1) });
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
