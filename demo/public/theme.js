// Runs before the first paint, so that no page flashes in the other theme. app/settings.ts does the rest.
try {
  const asked = new URLSearchParams(location.search).get('theme');
  const theme = asked ?? localStorage.getItem('demo.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's theme.
}
