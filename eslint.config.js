import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import ts from 'typescript-eslint';

// Only what understands Lit's templates, where there are any; all other rules stand in .oxlintrc.json, for a fraction of the time.
export default ts.config(
  { ignores: ['dist', '.cache', '**/node_modules', '**/*.{js,mjs,cjs}'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['src/{elements,ui}/**/*.ts', 'stories/**/*.ts'],
    extends: [ts.configs.base],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/recommended'].rules,
      ...litA11y.configs.recommended.rules,
    },
  },
);
