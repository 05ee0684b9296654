import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointCounts } from '#server/contract/level.contract.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { ChevronDown, ChevronUp } from './icons.tsx';
import { Name } from './name.tsx';
import { StackedBar } from './stacked-bar.tsx';
import { useFormats } from './use-format.ts';
import type { Names } from './words.ts';

type Props = {
  readonly names: Names;
  /** Kind of thing, over the name. */
  readonly kicker?: ReactNode;
  readonly chip: ReactNode;
  readonly canAskWhy: boolean;
  /** Shown in short where the card is folded to its head, in the drawer of a phone. */
  readonly counts?: PointCounts;
};

/** Title of a card: name, level, and the question why. */
export function CardHead({ names, kicker, chip, canAskWhy, counts }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!uiStore.get().wantsTitleFocus) return;
    uiStore.set({ wantsTitleFocus: false });
    // Only a focus that the old card took with it is restored; one on the map stays there.
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="card-head">
      {kicker === undefined ? null : <p className="card-kicker">{kicker}</p>}
      <h1 className="card-title" ref={title} tabIndex={-1}>
        <Name of={names} />
      </h1>
      <div className="card-chips">
        {chip}
        {canAskWhy ? <WhyButton /> : null}
      </div>
      {counts === undefined ? null : (
        <div className="card-peek">
          <StackedBar counts={counts} />
          <p className="row-note">
            {t('count.assessedOf', {
              assessed: format.number(counts.assessed),
              total: format.number(counts.total),
            })}
          </p>
        </div>
      )}
    </header>
  );
}

function WhyButton() {
  const { t } = useTranslation();
  const { isWhyOpen, drawerStop } = useStore(uiStore);
  const toggle = () =>
    uiStore.set({
      isWhyOpen: !isWhyOpen,
      // At its smallest stop the phone drawer would hide what was just asked for.
      drawerStop: !isWhyOpen && drawerStop === 'peek' ? 'half' : drawerStop,
    });
  return (
    <button
      type="button"
      className="link why-button"
      data-testid="why-button"
      aria-expanded={isWhyOpen}
      aria-controls="why-panel"
      onClick={toggle}
    >
      {isWhyOpen ? t('why.close') : t('why.open')}
      {isWhyOpen ? <ChevronUp size={14} /> : <ChevronDown size={14} />}
    </button>
  );
}
