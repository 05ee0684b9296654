import { useTranslation } from 'react-i18next';
import { registerFaultNames } from '#server/domain/register-faults.ts';
import type { RegisterFault } from '#server/features/register-faults/register-faults.contract.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { toUrl } from '#client/state/url-state.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';
import { Name } from '#client/ui/name.tsx';
import { Swatch } from '#client/ui/swatch.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { levelName } from '#client/ui/words.ts';

type Props = {
  readonly fault: RegisterFault;
  /** The first of its kind stands under the name of the kind. */
  readonly startsKind: boolean;
};

/** One fault; it leads to the record that is to be put right. */
export function FaultRow({ fault, startsKind }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { subject, enterprise, level, kind } = fault;
  const node: ViewNode =
    subject.kind === 'enterprise'
      ? { kind: 'enterprise', id: subject.id }
      : { kind: 'risk-point', id: subject.id };
  const href = useViewPart((view) => toUrl({ ...view, node, page: null, camera: null }));
  return (
    <li className={startsKind ? 'starts-kind' : undefined}>
      {startsKind ? (
        <h2 className="fault-kind">
          <Name of={registerFaultNames[kind]} />
        </h2>
      ) : null}
      <a
        className="row"
        href={href}
        data-row
        data-testid={`fault-${kind}-${subject.id}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          uiStore.set({ wantsTitleFocus: true });
          viewStore.set({ node, page: null }, 'push');
        }}
      >
        {level === null ? (
          <span className="swatch swatch-large swatch-blank" aria-hidden="true" />
        ) : (
          <Swatch of={`${level}`} size="large" />
        )}
        <span className="row-body">
          <span className="row-title">
            <Name of={subject.names} />
          </span>
          <span className="fault-text">
            <Name of={fault.text} />
          </span>
          <span className="row-note">
            {level === null ? null : (
              <span className="visually-hidden">{levelName(level, lang)}</span>
            )}
            {enterprise?.id === subject.id ? null : (
              <>
                {enterprise === null ? t('faults.public') : <Name of={enterprise.names} />}
                <span aria-hidden="true"> · </span>
              </>
            )}
            <Path fault={fault} />
          </span>
        </span>
      </a>
    </li>
  );
}

function Path({ fault: { regionPath } }: { readonly fault: RegisterFault }) {
  return regionPath.slice(1).map(({ code, names }, index) => (
    <span key={code}>
      {index === 0 ? null : <span aria-hidden="true"> › </span>}
      <Name of={names} />
    </span>
  ));
}
