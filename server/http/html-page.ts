import type { Response } from 'express';
import { nonceOf } from './security.ts';

export type HtmlPage = {
  readonly status?: number;
  readonly lang: 'en' | 'zh-CN';
  readonly title: string;
  /** Already escaped HTML. */
  readonly body: string;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Colours as in the app, light and dark. */
const STYLE = `
:root{color-scheme:light dark;--ink:#14181f;--ink2:#4a5361;--ink3:#5d6775;--card:#fff;--ground:#e9edf1;--line:#e3e7ec;--accent:#0b5c56;--code:#f3f5f7}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f5;--ink2:#b6bfcb;--ink3:#9aa4b2;--card:#171e27;--ground:#10161d;--line:#2e3846;--accent:#5cc9be;--code:#10161d}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:14px/21px Inter,system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1040px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:22px;line-height:30px;margin:0 0 8px}h2{font-size:16px;margin:28px 0 10px}h3{font-size:13px;margin:16px 0 6px;color:var(--ink2)}
p{margin:0 0 10px;color:var(--ink2)}a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 24px;margin:0 0 14px;box-shadow:0 1px 2px rgb(20 24 31/6%),0 8px 24px rgb(20 24 31/6%)}
code,.mono{font:12.5px/19px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--code);border:1px solid var(--line);border-radius:8px;padding:12px;overflow:auto;margin:6px 0 12px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-top:1px solid var(--line)}
th{color:var(--ink3);font-weight:500;font-size:12px;border-top:0}td{overflow-wrap:anywhere}
.muted{color:var(--ink3)}
`;

/** A short page made on the server: no script, nothing loaded. */
export function sendPage(res: Response, page: HtmlPage, extraStyle = ''): void {
  const nonce = nonceOf(res);
  res
    .status(page.status ?? 200)
    .type('html')
    .set('Cache-Control', 'no-store')
    .send(
      `<!doctype html><html lang="${page.lang}"><head><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">` +
        `<title>${escapeHtml(page.title)}</title><style nonce="${nonce}">${STYLE}${extraStyle}</style></head>` +
        `<body><main>${page.body}</main></body></html>`,
    );
}
