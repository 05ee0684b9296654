import { useTranslation } from 'react-i18next';

type Props = {
  readonly onZoom: (steps: number) => void;
  readonly onFit: () => void;
};

/** Closer, farther, back to the region: 44 pixels each, as on the other cards. */
export function ZoomControls({ onZoom, onFit }: Props) {
  const { t } = useTranslation();
  return (
    <div className="map-zoom" role="toolbar" aria-label={t('map.zoomControls')}>
      <button
        type="button"
        aria-label={t('map.zoomIn')}
        title={t('map.zoomIn')}
        onClick={() => onZoom(1)}
      >
        <Icon path="M10 4v12M4 10h12" />
      </button>
      <button
        type="button"
        aria-label={t('map.zoomOut')}
        title={t('map.zoomOut')}
        onClick={() => onZoom(-1)}
      >
        <Icon path="M4 10h12" />
      </button>
      <button type="button" aria-label={t('map.fit')} title={t('map.fit')} onClick={onFit}>
        <Icon path="M3.5 7.5v-4h4M16.5 7.5v-4h-4M3.5 12.5v4h4M16.5 12.5v4h-4" />
      </button>
    </div>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
