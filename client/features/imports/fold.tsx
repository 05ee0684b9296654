import type { ReactNode } from 'react';
import { ChevronDown } from '#client/ui/icons.tsx';

type Props = {
  readonly title: string;
  /** What is inside, in one line. */
  readonly summary: ReactNode;
  readonly isOpen?: boolean;
  readonly testId: string;
  readonly children: ReactNode;
};

/** A part of the page whose result is one line; open from the start where it needs a decision. */
export function Fold({ title, summary, isOpen = false, testId, children }: Props) {
  return (
    <details className="import-part" open={isOpen} data-testid={testId}>
      <summary>
        <h2 className="section-title">{title}</h2>
        <span className="import-part-line">{summary}</span>
        <ChevronDown size={16} />
      </summary>
      <div className="import-part-body">{children}</div>
    </details>
  );
}
