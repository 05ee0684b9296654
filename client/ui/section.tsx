import type { ReactNode } from 'react';

type Props = {
  readonly title: string;
  readonly count?: string | undefined;
  readonly action?: ReactNode;
  readonly children: ReactNode;
};

/** A titled part of a card, with an optional count and one action. */
export function Section({ title, count, action, children }: Props) {
  return (
    <section className="section">
      <div className="section-head">
        <h2 className="section-title">
          {title}
          {count === undefined ? null : <span className="section-count">{count}</span>}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}
