/** What the custom elements manifest is made from. */
export default {
  globs: ['src/elements/**/*.ts'],
  litelement: true,
  quiet: true,
  // It would write where it put the file into package.json, also when that was a mere check.
  packagejson: false,
  plugins: [
    {
      // Events are documented by @fires. What the analyzer guesses from `dispatchEvent(new …)` has no name of ours.
      name: 'own-events-in-order',
      packageLinkPhase({ customElementsManifest }) {
        // Found in any order; the file must not differ between two runs.
        customElementsManifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
        for (const { declarations = [] } of customElementsManifest.modules) {
          for (const declaration of declarations) {
            if (declaration.events) {
              declaration.events = declaration.events.filter(
                ({ name }) => name?.startsWith('activity-') || name === 'close',
              );
            }
          }
        }
      },
    },
  ],
};
