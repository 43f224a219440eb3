import './client/zod-without-eval.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createBrowserClient } from './client/browser-transport.ts';
import { createDesktopClient, desktopBridge } from './client/desktop-transport.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
const bridge = desktopBridge();
const client = bridge === undefined ? createBrowserClient() : createDesktopClient(bridge);
createRoot(root).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
