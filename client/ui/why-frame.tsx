import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Unverified } from './unverified.tsx';

type FrameProps = {
  readonly isGraded: boolean;
  /** Says so when some figure in it still awaits a check. */
  readonly hasUnverified?: boolean;
  readonly children: ReactNode;
};

/** The open answer to “why this colour”; takes the focus when it opens, so it is read out. */
export function WhyFrame({ isGraded, hasUnverified = false, children }: FrameProps) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <section className="why" id="why-panel" data-testid="why-panel">
      <h2 className="why-title" ref={title} tabIndex={-1}>
        {isGraded ? t('why.title') : t('why.titleGrey')}
      </h2>
      {children}
      {hasUnverified ? (
        <p className="why-foot">
          <Unverified /> {t('why.someUnverified')}
        </p>
      ) : null}
    </section>
  );
}

type StepProps = { readonly label: string; readonly children: ReactNode };

/** One link of the chain from clause to colour. */
export function WhyStep({ label, children }: StepProps) {
  return (
    <li className="why-step">
      <h3 className="why-label">{label}</h3>
      <div className="why-content">{children}</div>
    </li>
  );
}
