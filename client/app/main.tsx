import '@mantine/core/styles.layer.css';
import '#client/styles/tokens.css';
import '#client/styles/base.css';
import '#client/styles/levels.css';
import '#client/styles/shell.css';
import '#client/styles/panel.css';
import '#client/styles/side-page.css';
import '#client/styles/account.css';
import '#client/styles/why.css';
import '#client/styles/form.css';
import '#client/styles/edit.css';
import '#client/styles/legend.css';
import '#client/styles/dialogs.css';
import '#client/styles/phone.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '#client/i18n/i18n.ts';
import { startSession } from '#client/api/session.ts';
import { keepSeenAsIn } from '#client/state/kept-seen-as.ts';
import { followNodeChanges } from '#client/state/node-change.ts';
import { levelColourVariables } from '#client/ui/words.ts';
import { App } from './app.tsx';

for (const [name, colour] of levelColourVariables()) {
  document.documentElement.style.setProperty(name, colour);
}
keepSeenAsIn(() => window.sessionStorage);
followNodeChanges();
startSession();
await startI18n();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
