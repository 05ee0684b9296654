import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#client/ui/use-format.ts';
import { CloseIcon, UploadIcon } from '#client/ui/icons.tsx';
import { bytesText, limitValues } from './import-words.ts';
import { ACCEPTED } from './upload-type.ts';

type Props = {
  readonly file: File | null;
  readonly isBusy: boolean;
  readonly onChoose: (file: File | null) => void;
};

/** Takes one file, dropped or chosen. */
export function DropZone({ file, isBusy, onChoose }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { number } = useFormats();
  const { isOver, handlers } = useDrop(onChoose);
  return (
    <div className={`import-drop${isOver ? ' is-over' : ''}`} {...handlers}>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept={ACCEPTED}
        data-testid="import-file"
        onChange={(event) => {
          onChoose(event.currentTarget.files?.[0] ?? null);
          // The same file chosen again is a change as well: it may have been corrected.
          event.currentTarget.value = '';
        }}
      />
      {file === null ? (
        <>
          <UploadIcon size={28} />
          <p>
            <button type="button" className="button" onClick={() => input.current?.click()}>
              {t('imports.start.choose')}
            </button>
            <span className="import-drop-or">{t('imports.start.drop')}</span>
          </p>
          <p className="why-hint">{t('imports.start.formats')}</p>
          <p className="why-hint">{t('imports.start.limits', limitValues(number))}</p>
        </>
      ) : (
        <p className="import-chosen">
          <strong>{file.name}</strong>
          <span className="row-note">{bytesText(file.size)}</span>
          <button
            type="button"
            className="link"
            disabled={isBusy}
            onClick={() => input.current?.click()}
          >
            {t('imports.start.another')}
          </button>
          <button
            type="button"
            className="icon-button"
            disabled={isBusy}
            aria-label={t('imports.start.remove')}
            onClick={() => onChoose(null)}
          >
            <CloseIcon size={16} />
          </button>
        </p>
      )}
    </div>
  );
}

function useDrop(onChoose: (file: File) => void) {
  const [isOver, setOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onChoose(file);
      },
    },
  };
}
