import { useNetwork } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '#client/api/crumbs.ts';
import { useAbout } from '#client/api/queries.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { CloseIcon } from '#client/ui/icons.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

/** Says where one is now, for those who do not see the panel change; names the page as well. */
export function Announcer() {
  const { t } = useTranslation();
  const lang = useLang();
  const node = useViewPart((view) => view.node);
  const names = useCrumbs(node).map((crumb) => nameIn(crumb.names, lang));
  const place = names.at(-1);
  const page = useViewPart((view) => view.page?.kind ?? null);
  useEffect(() => {
    if (page !== null) nameThePage(t(`${page}.pageTitle`));
    else nameThePage(place === undefined ? t('app.name') : t('app.title', { place }));
  }, [page, place, t]);
  return (
    <output className="visually-hidden" data-testid="announcer">
      {place === undefined ? '' : t('app.now', { place: names.join(t('app.listSeparator')) })}
    </output>
  );
}

function nameThePage(title: string): void {
  document.title = title;
}

const TOAST_MS = 6000;
/** One that offers to take something back has to be read, thought about and reached. */
const TOAST_WITH_ACTION_MS = 20_000;

/** A short message after a save; it leaves by itself, but not from under the pointer or the focus. */
export function Toast() {
  const { t } = useTranslation();
  const { toast } = useStore(uiStore);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (toast === null || isHeld) return undefined;
    const life = toast.action === undefined ? TOAST_MS : TOAST_WITH_ACTION_MS;
    const timer = window.setTimeout(() => uiStore.set({ toast: null }), life);
    return () => window.clearTimeout(timer);
  }, [toast, isHeld]);
  const close = () => {
    setHeld(false);
    uiStore.set({ toast: null });
  };
  return (
    <output className="toast-slot">
      {toast === null ? null : (
        <div
          className="toast card"
          data-testid="toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{toast.text}</span>
          {toast.action === undefined ? null : (
            <button
              type="button"
              className="toast-action"
              data-testid="toast-action"
              onClick={() => {
                close();
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button type="button" className="icon-button" aria-label={t('app.close')} onClick={close}>
            <CloseIcon size={16} />
          </button>
        </div>
      )}
    </output>
  );
}

/** Without a connection the last good data stay on screen, and their time is said. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const format = useFormats();
  const { online } = useNetwork();
  const { dataUpdatedAt } = useAbout();
  if (online) return null;
  const time = dataUpdatedAt === 0 ? '–' : format.dateTime(new Date(dataUpdatedAt).toISOString());
  return <output className="offline-banner">{t('app.offline', { time })}</output>;
}
