import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainPage } from '#client/state/url-state.ts';
import { viewStore } from '#client/state/view-store.ts';
import { CloseIcon } from './icons.tsx';

type Props = {
  /** Kind of the page: its words and test ids begin with it. */
  readonly page: PlainPage | 'audit';
  /** What it is about; empty while that is not known. */
  readonly place: string;
  /** False: there is no way round it. */
  readonly isClosable?: boolean;
  readonly children: ReactNode;
};

/** A page beside the map: what it is about, its title, and the way back. */
export function SidePage({ page, place, isClosable = true, children }: Props) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <section
      id="panel"
      tabIndex={-1}
      className="side-page"
      data-testid={page}
      aria-label={t(`${page}.title`)}
    >
      <header className="side-page-head">
        <div>
          <p className="card-kicker">{place === '' ? '…' : place}</p>
          <h1 className="card-title" ref={title} tabIndex={-1}>
            {t(`${page}.title`)}
          </h1>
        </div>
        {isClosable ? (
          <button
            type="button"
            className="icon-button"
            data-testid={`${page}-close`}
            aria-label={t(`${page}.close`)}
            title={t(`${page}.close`)}
            onClick={() => viewStore.set({ page: null }, 'push')}
          >
            <CloseIcon />
          </button>
        ) : null}
      </header>
      <div className="panel-body">
        <p className="why-hint">{t(`${page}.lead`)}</p>
        {children}
      </div>
    </section>
  );
}

/** For when what held the focus is gone from the page. */
export function focusPageTitle(): void {
  document.querySelector<HTMLElement>('.side-page h1')?.focus({ preventScroll: true });
}
