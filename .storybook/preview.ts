import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import { html } from 'lit';
import manifest from '../custom-elements.json' with { type: 'json' };
import './preview.css';

// Every element's tables come from what its own source says.
setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ['autodocs'],
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        items: ['light', 'dark'],
        dynamicTitle: true,
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'zh-TW', title: '繁體中文' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Direction of writing',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        items: ['ltr', 'rtl'],
        dynamicTitle: true,
      },
    },
    density: {
      description: 'Density',
      toolbar: {
        title: 'Density',
        icon: 'component',
        items: ['comfortable', 'compact', 'touch'],
        dynamicTitle: true,
      },
    },
    width: {
      description: 'Width of the place that the element is given',
      toolbar: {
        title: 'Width',
        icon: 'grow',
        items: [
          { value: 'full', title: 'All there is' },
          { value: '320px', title: '320 px' },
          { value: '480px', title: '480 px' },
          { value: '768px', title: '768 px' },
          { value: '1280px', title: '1280 px' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: {
    theme: 'light',
    locale: 'en',
    direction: 'ltr',
    density: 'comfortable',
    width: 'full',
  },
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true },
    a11y: {
      test: 'error',
      // The page's heading is the host's to give.
      config: { rules: [{ id: 'page-has-heading-one', enabled: false }] },
    },
  },
  decorators: [
    (story, { globals, viewMode }) => {
      const page = document.documentElement;
      page.dataset.theme = globals.theme;
      page.dataset.density = globals.density;
      page.style.colorScheme = globals.theme;
      page.lang = globals.locale;
      page.dir = globals.direction;
      page.style.setProperty('--story-width', globals.width === 'full' ? '100%' : globals.width);
      // A page of docs shows many stories, and a page has one main.
      return viewMode === 'docs'
        ? html`<div class="story">${story()}</div>`
        : html`<main class="story">${story()}</main>`;
    },
  ],
};

export default preview;
