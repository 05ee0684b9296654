import { useTranslation } from 'react-i18next';
import { useScope } from '#client/api/queries.ts';
import type { ListFilter } from '#client/api/queries.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { ExportMenu } from '#client/ui/export-menu.tsx';
import { DownloadIcon } from '#client/ui/icons.tsx';

const LABELS = {
  region: 'exports.ofRegion',
  enterprise: 'exports.ofEnterprise',
  'risk-point': 'exports.ofAll',
} as const;

/** Lists of the region or enterprise that is shown, beside the import. */
export function ExportButton() {
  const { t } = useTranslation();
  const node = useViewPart((view) => view.node);
  const { basis, field } = useScope();
  return (
    <ExportMenu
      scope={{ ...within(node), basis, field }}
      searched="risk-points"
      emptyReason={null}
      hint={node.kind === 'risk-point' ? t('exports.whole') : t('exports.scope')}
      label={t(LABELS[node.kind])}
      testId="export-place"
      className="icon-button"
    >
      <DownloadIcon />
    </ExportMenu>
  );
}

/** One risk point is no list: the whole register is handed out from there. */
function within(node: ViewNode): ListFilter {
  if (node.kind === 'region') return { region: node.code };
  return node.kind === 'enterprise' ? { enterprise: node.id } : {};
}
