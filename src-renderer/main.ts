import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/forms.css';
import './styles/charts.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './lib/client.ts';

mount(App, { target: document.getElementById('window')!, props: { connection: connect() } });
