import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useImport } from '#client/api/imports.ts';
import { ChevronLeft, CloseIcon } from '#client/ui/icons.tsx';
import { ImportLink } from './import-link.tsx';
import { ImportView } from './import.view.tsx';
import './imports.css';
import './import-rows.css';
import './import-phone.css';
import { LeaveDialog } from './leave-dialog.tsx';
import { closeImports } from './leaving.ts';
import { StartView } from './start.view.tsx';

type Props = { readonly id: string | null };

/** Import: choose a file, see what was understood, correct, write. Beside the map, or over it. */
export function ImportsPanel({ id }: Props) {
  const { t } = useTranslation();
  return (
    <section
      id="panel"
      tabIndex={-1}
      className="imports"
      data-testid="imports"
      aria-label={t('imports.title')}
    >
      <header className="imports-head">
        {id === null ? <Title text={t('imports.title')} /> : <ImportTitle id={id} />}
        <button
          type="button"
          className="icon-button"
          data-testid="imports-close"
          aria-label={t('imports.close')}
          title={t('imports.close')}
          onClick={closeImports}
        >
          <CloseIcon />
        </button>
      </header>
      {id === null ? <StartView /> : <ImportView key={id} id={id} />}
      <LeaveDialog />
    </section>
  );
}

function ImportTitle({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data } = useImport(id);
  return (
    <>
      <ImportLink
        to={null}
        className="icon-button"
        aria-label={t('imports.toList')}
        title={t('imports.toList')}
        data-testid="imports-back"
      >
        <ChevronLeft />
      </ImportLink>
      <Title
        text={data?.fileName ?? t('imports.unnamed')}
        kicker={data === undefined ? t('imports.title') : t(`imports.kind.${data.kind}.name`)}
      />
    </>
  );
}

/** Takes the focus when the page was opened, so that it is read out. */
function Title({ text, kicker }: { readonly text: string; readonly kicker?: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div className="imports-title">
      {kicker === undefined ? null : <p className="card-kicker">{kicker}</p>}
      <h1 className="card-title" ref={title} tabIndex={-1}>
        {text}
      </h1>
    </div>
  );
}
