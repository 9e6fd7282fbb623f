/** Starts the interface: finds main, learns what is there, shows the window. */

import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/contrast.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './bridge/connect.ts';
import { showLanguage } from './messages/language.ts';
import { messages } from './messages/messages.ts';
import LostPage from './pages/LostPage.svelte';
import { problemFrom } from './state/problem.ts';
import { Session } from './state/session.svelte.ts';

async function start(target: HTMLElement): Promise<void> {
  let session: Session | null = null;
  try {
    const bridge = await connect(() => {
      if (session !== null) session.lost = true;
    });
    const [info, media, jobs] = await Promise.all([
      bridge.request('app.info'),
      bridge.request('media.list'),
      bridge.request('copy.list'),
    ]);
    const language = await showLanguage(info.settings.language);
    session = new Session(bridge, info, media, jobs);
    mount(App, { target, props: { session, language } });
  } catch (reason) {
    await showLanguage('system');
    mount(LostPage, { target, props: { sentence: problemFrom(reason).sentence } });
  }
}

document.title = messages.app.name;
const target = document.getElementById('app');
if (target !== null) void start(target);
