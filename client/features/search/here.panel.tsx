import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NEAR_METRES, useRiskPointsNear } from '#client/api/search.ts';
import { closeHere } from '#client/state/here-store.ts';
import type { Here } from '#client/state/here-store.ts';
import { hidePin, showPin } from '#client/state/place-store.ts';
import { legendKeyOf } from '#client/state/legend-filter.ts';
import { useMay } from '#client/state/session-store.ts';
import { CardMenu, startEdit } from '#client/ui/card-menu.tsx';
import { CloseIcon, PlusIcon } from '#client/ui/icons.tsx';
import { Name } from '#client/ui/name.tsx';
import { NodeLink } from '#client/ui/node-link.tsx';
import { Place } from '#client/ui/place.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Row } from '#client/ui/row.tsx';
import { Section } from '#client/ui/section.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { lookOf } from '#client/ui/words.ts';

/** What is at a coordinate: its regions, and the risk points near it. */
export function HerePanel({ here }: { readonly here: Here }) {
  const { t } = useTranslation();
  const { at, regionPath } = here;
  const mayWrite = useMay('register.write');
  useEffect(() => {
    showPin(at);
    return hidePin;
  }, [at]);
  return (
    <div data-testid="here">
      <HereHead here={here} />
      {mayWrite ? (
        <div className="card-actions">
          <CardMenu
            label={t('edit.add')}
            icon={<PlusIcon size={16} />}
            entries={[
              {
                id: 'add-public-point',
                label: t('here.add'),
                run: () => startEdit({ kind: 'risk-point', id: null, enterpriseId: null, at }),
              },
              {
                id: 'add-enterprise',
                label: t('here.addEnterprise'),
                run: () => startEdit({ kind: 'enterprise', id: null, at }),
              },
            ]}
          />
        </div>
      ) : null}
      <Section title={t('here.region')}>
        {regionPath.length === 0 ? <p className="empty">{t('search.outside')}</p> : null}
        <p className="here-path">
          {regionPath.map(({ code, names }) => (
            <NodeLink key={code} to={{ kind: 'region', code }} className="link">
              <Name of={names} />
            </NodeLink>
          ))}
        </p>
      </Section>
      <Near here={here} />
    </div>
  );
}

function HereHead({ here }: { readonly here: Here }) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <header className="card-head here-head">
      <p className="card-kicker">
        <Place position={here.at} />
      </p>
      <h1 className="card-title" ref={title} tabIndex={-1}>
        {here.name === null ? t('here.title') : <Name of={here.name} />}
      </h1>
      <button
        type="button"
        className="icon-button"
        data-testid="here-close"
        aria-label={t('here.back')}
        title={t('here.back')}
        onClick={closeHere}
      >
        <CloseIcon />
      </button>
      {here.name === null ? (
        <p className="row-note here-typed">{t('here.typed', { typed: here.typed })}</p>
      ) : null}
    </header>
  );
}

function Near({ here }: { readonly here: Here }) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const { data, error, refetch } = useRiskPointsNear(here.at);
  const radius = format.number(NEAR_METRES);
  return (
    <Section
      title={t('here.near', { metres: radius })}
      count={data === undefined ? undefined : format.number(data.near.length)}
    >
      {error !== null && data === undefined ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined && error === null ? <RowSkeletons rows={4} /> : null}
      {data?.near.length === 0 ? (
        <p className="empty">{t('here.none', { metres: radius })}</p>
      ) : null}
      {data?.isWhole === false ? <p className="why-hint">{t('here.many')}</p> : null}
      <ul className="rows" data-rows>
        {(data?.near ?? []).map(({ item, metres }) => {
          const key = legendKeyOf(item.state, item.level);
          return (
            <Row
              key={item.id}
              to={{ kind: 'risk-point', id: item.id }}
              testId={`near-${item.id}`}
              mark={{ of: key, lastLevel: item.lastLevel }}
              title={<Name of={item.names} />}
              aside={
                <span className="row-note">
                  {t('here.metres', { metres: format.number(Math.round(metres)) })}
                </span>
              }
            >
              <span className="row-note">
                <span className="row-level">{lookOf(key, lang).name}</span>
                {item.enterprise === null ? null : (
                  <>
                    <span aria-hidden="true"> · </span>
                    <Name of={item.enterprise.names} />
                  </>
                )}
              </span>
            </Row>
          );
        })}
      </ul>
    </Section>
  );
}
