import { existsSync, readdirSync } from 'node:fs';
import { run } from './install.mjs';

const programs = process.env.PROGRAMFILES ?? 'C:\\Program Files';

const places = {
  chromium: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    `${programs}\\Google\\Chrome\\Application\\chrome.exe`,
  ],
  firefox: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    `${programs}\\Mozilla Firefox\\firefox.exe`,
  ],
  // WebKit is driven from outside: by Safari's driver, or by WebKitGTK's in a virtual screen.
  webkit: ['/usr/bin/safaridriver', '/usr/bin/WebKitWebDriver'],
};

const debianPackages = {
  chromium: ['chromium-headless-shell'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};

const browserNames = {
  chromium: 'Chrome or Chromium',
  firefox: 'Firefox',
  webkit: "Safari (macOS) or webkit2gtk-driver and xvfb (Debian's names)",
};

export const engines = Object.keys(places);

/** The path of an engine's browser or driver, or undefined where none is installed. */
export function findBrowser(engine) {
  const found = places[engine].find((file) => existsSync(file));
  if (found?.endsWith('WebKitWebDriver') && !existsSync('/usr/bin/xvfb-run')) return undefined;
  return found;
}

/** The browser window that WebKitGTK's driver opens; it lives in a folder named after the machine. */
export function findMiniBrowser() {
  return readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
    .find((file) => existsSync(file));
}

const isDebianRoot =
  process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get');

/** Brings the browsers that are missing, where that is possible; answers with the engines that can run. */
export function installBrowsers(wanted = engines) {
  const missing = wanted.filter((engine) => !findBrowser(engine));
  const packages = missing.flatMap((engine) => debianPackages[engine]);
  if (missing.length && isDebianRoot) {
    console.log(`Installing ${packages.join(' ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], { env });
    run('apt-get', ['install', '-y', '-qq', ...packages], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } else if (missing.length) {
    const names = missing.map((engine) => browserNames[engine]).join(', ');
    console.log(`To test in ${missing.join(' and ')} too, install ${names}.`);
  }
  return wanted.filter((engine) => findBrowser(engine));
}

/** What Chromium needs to start here; root has no sandbox to go into. */
export const chromiumArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
