/**
 * The project's folder: where the schemes, the migrations and the page are. The built program lies somewhere else, so the build writes the
 * folder's path in here (`scripts/build.mjs`); nobody else asks `import.meta` where it is.
 */
export const root = import.meta.dirname;
