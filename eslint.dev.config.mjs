// This project's own rules, for everything. n8n's are in eslint.config.mjs, which n8n wants unchanged.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeGlobals = ['Buffer', 'URL', 'console', 'process'];
const commonJsGlobals = ['__dirname', 'exports', 'module', 'require'];
// A leading underscore says: this place has to be there and is not used.
const unused = {
	args: 'all',
	argsIgnorePattern: '^_',
	caughtErrors: 'all',
	destructuredArrayIgnorePattern: '^_',
	ignoreRestSiblings: true,
};
const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', 'demo/output/', 'tools/'] },
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	{
		rules: {
			eqeqeq: 'error',
			'no-console': 'off',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'no-self-compare': 'error',
			'no-template-curly-in-string': 'off',
			'no-throw-literal': 'error',
			'no-unused-vars': ['error', unused],
			'no-var': 'error',
			'no-warning-comments': 'error',
			'object-shorthand': 'error',
			'prefer-const': 'error',
		},
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/ban-ts-comment': [
				'error',
				{ 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
			],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			// What an expression yields can be anything; made into text, it is checked as text.
			'@typescript-eslint/no-base-to-string': 'off',
			'@typescript-eslint/no-empty-function': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'no-throw-literal': 'off',
			'@typescript-eslint/only-throw-error': 'error',
			'no-unused-vars': 'off',
			'@typescript-eslint/no-unused-vars': ['error', unused],
			// An interface may ask for a promise where there is nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		files: ['test/**/*.ts'],
		// jest leaves the type of its matchers open, and tests read back JSON they know.
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{ files: ['**/*.mjs'], languageOptions: { globals: readonly(nodeGlobals) } },
	{
		files: ['**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: readonly([...nodeGlobals, ...commonJsGlobals]),
		},
	},
);
