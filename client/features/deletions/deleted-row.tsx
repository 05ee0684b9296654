import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletedRecord } from '#server/features/deletions/deletions.contract.ts';
import { refreshEverything, restoreRecord } from '#client/api/edit.ts';
import type { RecordKind } from '#client/api/edit.ts';
import { useMay } from '#client/state/session-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { viewStore } from '#client/state/view-store.ts';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { focusPageTitle } from '#client/ui/side-page.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

const RECORDS: Readonly<Record<DeletedRecord['kind'], RecordKind>> = {
  enterprise: 'enterprise',
  risk_point: 'risk-point',
  hazard_source: 'hazard-source',
  control_measure: 'measure',
};

/** One deleted record and the button that brings it back. */
export function DeletedRow({ record }: { readonly record: DeletedRecord }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { kind, rowId, names, reason, restoreFirst } = record;
  const { restore, isSending, error } = useRestore(record);
  const mayWrite = useMay('register.write');
  return (
    <li className="deleted-row" data-testid={`deleted-${rowId}`}>
      <div className="deleted-main">
        <div className="row-body">
          <p className="row-title">
            <span className="badge">{t(`deleted.kinds.${kind}`)}</span>
            <Name of={names} />
          </p>
          <p className="deleted-reason">{t('deleted.reason', { reason })}</p>
          <Whereabouts record={record} />
          {restoreFirst === null ? null : (
            <p className="deleted-first" role={error === null ? undefined : 'alert'}>
              {t(`deleted.first.${restoreFirst.kind}`, { name: nameIn(restoreFirst.names, lang) })}
            </p>
          )}
        </div>
        {mayWrite ? (
          <button
            type="button"
            className="button"
            data-testid={`restore-${rowId}`}
            aria-label={t('deleted.restoreOf', { name: nameIn(names, lang) })}
            disabled={isSending || restoreFirst !== null}
            onClick={restore}
          >
            {t(isSending ? 'deleted.restoring' : 'deleted.restore')}
          </button>
        ) : null}
      </div>
      {error === null || restoreFirst !== null ? null : <ProblemNotice error={error} />}
    </li>
  );
}

/** When, and where in the register it stood. */
function Whereabouts({ record }: { readonly record: DeletedRecord }) {
  const format = useFormats();
  const { at, regionPath, enterprise, riskPoint } = record;
  const owners = [enterprise, riskPoint].filter((owner) => owner !== null);
  const path = [...regionPath.slice(1).map(({ names }) => names), ...owners.map((o) => o.names)];
  return (
    <p className="row-note">
      <time dateTime={at}>{format.dateTime(at)}</time>
      {path.length === 0 ? null : <span aria-hidden="true"> · </span>}
      {path.map((names, index) => (
        <Fragment key={`${index}-${names.zh}`}>
          {index === 0 ? null : <span aria-hidden="true"> › </span>}
          <Name of={names} />
        </Fragment>
      ))}
    </p>
  );
}

/** The card on which the record stands: of a hazard source or measure that of its risk point. */
function cardOf({ kind, rowId, riskPoint }: DeletedRecord): ViewNode | null {
  if (kind === 'enterprise') return { kind: 'enterprise', id: rowId };
  if (kind === 'risk_point') return { kind: 'risk-point', id: rowId };
  return riskPoint && { kind: 'risk-point', id: riskPoint.id };
}

function useRestore(record: DeletedRecord) {
  const { kind, rowId, names } = record;
  const { t } = useTranslation();
  const lang = useLang();
  const client = useQueryClient();
  const [state, setState] = useState({ isSending: false, error: null as unknown });
  const send = async () => {
    await restoreRecord(RECORDS[kind], rowId);
    const text = t('edit.delete.restored', { name: nameIn(names, lang) });
    const node = cardOf(record);
    const look = () => {
      uiStore.set({ wantsTitleFocus: true, sheet: 'node' });
      if (node !== null) viewStore.set({ node, page: null }, 'push');
    };
    const action = { label: t('deleted.look'), run: look };
    uiStore.set({ toast: node === null ? { text } : { text, action } });
    await refreshEverything(client);
    focusPageTitle();
  };
  const restore = () => {
    setState({ isSending: true, error: null });
    send().catch(async (error: unknown) => {
      setState({ isSending: false, error });
      // Somebody else may have restored it, or deleted what it belongs to.
      await client.invalidateQueries({ queryKey: ['deletions'] });
    });
  };
  return { ...state, restore };
}
