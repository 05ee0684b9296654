import type { ReactNode } from 'react';

/** Line icons on a 20-pixel grid; decoration only, the words stand beside them or in the label. */
function icon(body: ReactNode) {
  return function Icon({ size = 20 }: { readonly size?: number }) {
    return (
      <svg
        className="icon"
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {body}
      </svg>
    );
  };
}

export const ChevronLeft = icon(<path d="m12 5-5 5 5 5" />);
export const ChevronRight = icon(<path d="m8 5 5 5-5 5" />);
export const ChevronDown = icon(<path d="m5 8 5 5 5-5" />);
export const ChevronUp = icon(<path d="m5 12 5-5 5 5" />);
export const CloseIcon = icon(<path d="m5.5 5.5 9 9m0-9-9 9" />);
export const SearchIcon = icon(
  <>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 3.5 3.5" />
  </>,
);
export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 9.2v4.3M10 6.6v.1" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.8v1.6M10 15.6v1.6M2.8 10h1.6M15.6 10h1.6M4.9 4.9 6 6M14 14l1.1 1.1M15.1 4.9 14 6M6 14l-1.1 1.1" />
  </>,
);
export const MoonIcon = icon(<path d="M16 11.6A6.4 6.4 0 0 1 8.4 4a6.4 6.4 0 1 0 7.6 7.6Z" />);
export const ScreenIcon = icon(
  <>
    <rect x="3" y="4" width="14" height="9.5" rx="1.5" />
    <path d="M7.5 16.5h5" />
  </>,
);
export const LegendIcon = icon(
  <>
    <rect x="3" y="4" width="4" height="4" rx="1" />
    <rect x="3" y="12" width="4" height="4" rx="1" />
    <path d="M10 6h7M10 14h7" />
  </>,
);
export const SettingsIcon = icon(<path d="M3 6h7m4 0h3M3 14h3m4 0h7M12 4.2v3.6M8 12.2v3.6" />);
export const KeyboardIcon = icon(
  <>
    <rect x="2.5" y="5" width="15" height="10" rx="1.8" />
    <path d="M5.5 8h.1M8.5 8h.1M11.5 8h.1M14.5 8h.1M6.5 12h7" />
  </>,
);
export const WarnIcon = icon(
  <>
    <path d="M10 3.2 17.4 16H2.6z" />
    <path d="M10 8.2v3.4M10 13.8v.1" />
  </>,
);
export const PencilIcon = icon(
  <path d="m4 16 .8-3.4L13 4.4a1.5 1.5 0 0 1 2.1 0l.5.5a1.5 1.5 0 0 1 0 2.1l-8.2 8.2z" />,
);
export const UploadIcon = icon(
  <path d="M10 12.5V3.8M6.4 7.2 10 3.6l3.6 3.6M3.5 12.5v2.7a1.3 1.3 0 0 0 1.3 1.3h10.4a1.3 1.3 0 0 0 1.3-1.3v-2.7" />,
);
export const CheckIcon = icon(<path d="m4.5 10.5 3.6 3.6 7.4-8" />);
export const PinIcon = icon(
  <>
    <path d="M10 17.4s5.4-4.7 5.4-8.9a5.4 5.4 0 0 0-10.8 0c0 4.2 5.4 8.9 5.4 8.9Z" />
    <circle cx="10" cy="8.4" r="1.9" />
  </>,
);
export const PlusIcon = icon(<path d="M10 4.5v11M4.5 10h11" />);
export const TrashIcon = icon(
  <path d="M4 5.8h12M8 5.6V3.8h4v1.8M5.6 5.8l.7 10a1 1 0 0 0 1 .9h5.4a1 1 0 0 0 1-.9l.7-10" />,
);
export const DotsIcon = icon(<path d="M4.6 10h.1M10 10h.1M15.4 10h.1" strokeWidth="2.4" />);
export const ListIcon = icon(
  <path d="M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.7 5.5h.1M3.7 10h.1M3.7 14.5h.1" />,
);
export const DownloadIcon = icon(
  <path d="M10 3.6v8.7M6.4 8.9 10 12.5l3.6-3.6M3.5 12.5v2.7a1.3 1.3 0 0 0 1.3 1.3h10.4a1.3 1.3 0 0 0 1.3-1.3v-2.7" />,
);
export const PersonIcon = icon(
  <>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 16.8a6.3 6.3 0 0 1 12.4 0" />
  </>,
);
export const KeyIcon = icon(
  <>
    <circle cx="6.8" cy="10" r="3.3" />
    <path d="M10.1 10h7.1v2.6M14 10v2.2" />
  </>,
);
export const RestoreIcon = icon(<path d="M7 4 3.6 7.4 7 10.8M4 7.4h7.6a4.3 4.3 0 0 1 0 8.6H7" />);
