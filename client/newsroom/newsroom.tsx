import { render } from 'preact';
import './style/newsroom.css';
import { Toasts } from './components/toast.tsx';
import { startNavigation } from './navigation.ts';
import { SessionProvider } from './session/session.tsx';
import { Shell } from './shell/shell.tsx';

const root = document.getElementById('newsroom');
if (!root) throw new Error('The document has no #newsroom');
startNavigation();
render(
  <SessionProvider>
    <Shell />
    <Toasts />
  </SessionProvider>,
  root,
);
