import { useTranslation } from 'react-i18next';
import { useLang } from '#client/ui/use-format.ts';

/** The faulty rows as a file of the same form, with a column of reasons. */
export function FaultyDownload({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const language = useLang() === 'en' ? 'en' : 'zh';
  return (
    <a
      className="link"
      href={`/api/v1/imports/${id}/faulty-rows?language=${language}`}
      data-testid="import-faulty-download"
      download
    >
      {t('imports.commit.download')}
    </a>
  );
}
